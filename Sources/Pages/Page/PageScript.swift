/// What a page does when it may: it changes colours, and tells the values under the pointer.
///
/// Values are read back from the drawn lines and the scale that each panel carries, so the page holds every
/// number once. Nothing is fetched, and nothing that matters needs it.
enum PageScript {
    static let text = """
        "use strict";(()=>{
        const root=document.documentElement,button=document.getElementById("theme");
        const asked=location.hash.slice(1);
        let saved=null;try{saved=localStorage.getItem("theme")}catch{}
        const pick=["light","dark"].includes(asked)?asked:saved;
        if(pick)root.dataset.theme=pick;
        button.hidden=false;
        button.onclick=()=>{
        const now=root.dataset.theme||(matchMedia("(prefers-color-scheme:dark)").matches?"dark":"light");
        root.dataset.theme=now==="dark"?"light":"dark";
        try{localStorage.setItem("theme",root.dataset.theme)}catch{}};
        const corners=path=>{
        const out=[];let x=0,y=0;
        for(const part of path.getAttribute("d").matchAll(/([MLHV])([^MLHV]*)/g)){
        const n=part[2].trim().split(/[ ,]+/).map(Number);
        if(part[1]==="H")x=n[0];else if(part[1]==="V")y=n[0];else[x,y]=n;
        out.push([x,y,part[1]==="M"])}
        return out};
        const value=(points,at)=>{
        let low=0,high=points.length;
        while(low<high){const mid=low+high>>1;if(points[mid][0]<=at)low=mid+1;else high=mid}
        if(low===0)return null;
        const last=points[low-1],next=points[low];
        if(!next)return at-last[0]<3?last[1]:null;
        if(next[2]&&at-last[0]>1)return null;
        return next[0]-at<at-last[0]&&!next[2]&&next[1]!==last[1]&&next[0]-last[0]<4?next[1]:last[1]};
        const clock=(ms,span)=>{
        const text=new Date(ms).toISOString().replace("T"," ").replace("Z","");
        return span<6e5?text:text.slice(0,19)};
        const number=(v,d)=>v.toLocaleString("en-US",{minimumFractionDigits:d,maximumFractionDigits:d})
        .replace("-","\\u2212");
        for(const figure of document.querySelectorAll("figure.chart")){
        for(const svg of figure.querySelectorAll("svg[data-from]")){
        let panels=null,box=null;
        const cross=svg.querySelector(".cross"),data=svg.dataset;
        const [left,right,from,to]=[data.left,data.right,data.from,data.to].map(Number);
        const prepare=()=>[...svg.querySelectorAll("g.panel")].map(g=>({
        title:g.dataset.title,unit:g.dataset.unit,top:+g.dataset.top,bottom:+g.dataset.bottom,
        low:+g.dataset.low,high:+g.dataset.high,decimals:Math.min(+g.dataset.decimals,8),
        lines:[...g.querySelectorAll("path[data-name]")].map(p=>({
        name:p.dataset.name,tone:p.classList[1],points:corners(p)}))}));
        const hide=()=>{cross.style.visibility="hidden";if(box)box.hidden=true};
        const show=event=>{
        panels=panels||prepare();
        const area=svg.getBoundingClientRect(),scale=svg.viewBox.baseVal.width/area.width;
        const x=Math.min(right,Math.max(left,(event.clientX-area.left)*scale));
        cross.setAttribute("x1",x);cross.setAttribute("x2",x);cross.style.visibility="visible";
        if(!box){box=document.createElement("div");box.className="readout";figure.append(box)}
        box.replaceChildren();box.hidden=false;
        const head=document.createElement("b");
        head.textContent=clock(from+(x-left)/(right-left)*(to-from),to-from);box.append(head);
        for(const panel of panels)for(const line of panel.lines){
        const y=value(line.points,x);if(y===null)continue;
        const row=document.createElement("span"),name=document.createElement("span"),sign=document.createElement("i");
        sign.className=line.tone;name.style.display="inline";name.append(sign,line.name);
        const v=panel.low+(panel.bottom-y)/(panel.bottom-panel.top)*(panel.high-panel.low);
        const text=document.createElement("span");
        text.textContent=number(v,panel.decimals)+(panel.unit?" "+panel.unit:"");
        row.append(name,text);box.append(row)}
        const px=(x/scale),wide=box.offsetWidth;
        box.style.left=Math.max(0,px+14+wide>area.width?px-wide-14:px+14)+"px";
        box.style.top=Math.max(0,Math.min(event.clientY-area.top+12,area.height-box.offsetHeight))+"px"};
        svg.addEventListener("pointermove",show);svg.addEventListener("pointerdown",show);
        svg.addEventListener("pointerleave",hide)}}
        })();
        """
}
