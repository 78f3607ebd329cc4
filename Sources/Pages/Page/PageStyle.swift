/// The look of pages and pictures: colours for light and dark, and rules for every element that they have.
///
/// Every colour of letters and lines has a contrast of at least 3 (lines) or 4.5 (letters) to its ground; what is
/// told by colour is told by shape or sign as well.
enum PageStyle {
    private static let light = """
        --bg:#ffffff;--card:#f6f7f9;--ink:#1b1f24;--soft:#57606a;--line:#d9dde3;--grid:#e8ebef;
        --zero:#9aa4b0;--good:#0a7a55;--bad:#b8401a;--buy:#00805a;--sell:#c8500a;--muted:#7a8490;
        --s0:#1f5fbf;--s1:#c2600c;--s2:#00805f;--s3:#8a3fa8;--s4:#8a6d00;--s5:#0f7f99;--s6:#b03060;
        --s7:#4f5b66;--mark:#fff1c9;
        """

    private static let dark = """
        --bg:#0f1318;--card:#181d24;--ink:#e6eaf0;--soft:#9aa6b4;--line:#2c343e;--grid:#222932;
        --zero:#5b6774;--good:#3ecf9a;--bad:#ff8f61;--buy:#2fd39a;--sell:#ff9150;--muted:#8b97a5;
        --s0:#6ea8ff;--s1:#f5a04c;--s2:#3ecf9a;--s3:#cf94ea;--s4:#d9bd4a;--s5:#5cc4dc;--s6:#f58aae;
        --s7:#aab5c1;--mark:#4a3c10;
        """

    private static let tones = """
        .good{--c:var(--good)}
        .bad{--c:var(--bad)}
        .buy{--c:var(--buy)}
        .sell{--c:var(--sell)}
        .muted{--c:var(--muted)}
        .s0{--c:var(--s0)}
        .s1{--c:var(--s1)}
        .s2{--c:var(--s2)}
        .s3{--c:var(--s3)}
        .s4{--c:var(--s4)}
        .s5{--c:var(--s5)}
        .s6{--c:var(--s6)}
        .s7{--c:var(--s7)}
        """

    /// Of charts, in pages and alone.
    private static let charts = """
        text{font:12px system-ui,sans-serif;fill:var(--soft);font-variant-numeric:tabular-nums}
        text.title{font-weight:600;fill:var(--ink)}
        text.y{text-anchor:end}
        text.x,text.none,text.value{text-anchor:middle}
        text.date{font-weight:600}
        text.value{fill:var(--ink);font-size:11px}
        .grid{stroke:var(--grid);fill:none;shape-rendering:crispEdges}
        .zero{stroke:var(--zero);fill:none;shape-rendering:crispEdges}
        .line{stroke:var(--c);stroke-width:1.4;fill:none;stroke-linejoin:round}
        .line.thin{stroke-width:1;opacity:.75}
        .area{fill:var(--c);opacity:.16;stroke:none}
        .band{fill:var(--c);opacity:.22;stroke:none}
        .marker{fill:var(--c);stroke:var(--bg);stroke-width:.6}
        .bar{fill:var(--c)}
        .error{stroke:var(--ink);stroke-width:1.3;fill:none}
        .cross{visibility:hidden;stroke:var(--soft);stroke-dasharray:3 3;pointer-events:none}
        """

    /// Of a picture that stands alone: it follows the reader's system.
    static let picture = """
        svg{\(light)}
        @media(prefers-color-scheme:dark){svg{\(dark)}}
        .paper{fill:var(--bg)}
        \(tones)
        \(charts)
        """

    static let page = """
        :root{color-scheme:light;\(light)}
        @media(prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;\(dark)}}
        :root[data-theme=dark]{color-scheme:dark;\(dark)}
        \(tones)
        \(charts)
        \(frame)
        \(content)
        """

    private static let frame = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif;
        font-variant-numeric:tabular-nums}
        header,main{max-width:1080px;margin:0 auto;padding:0 20px}
        header{display:flex;gap:16px;justify-content:space-between;align-items:flex-start;padding-top:22px}
        main{padding-bottom:60px}
        h1{font-size:24px;line-height:1.25;margin:0;overflow-wrap:anywhere}
        h2{font-size:18px;margin:36px 0 10px;padding-top:10px;border-top:1px solid var(--line)}
        h3{font-size:15px;margin:22px 0 6px}
        p{margin:8px 0;max-width:75ch;overflow-wrap:anywhere}
        .subtitle,.remark,.note,figcaption{color:var(--soft);font-size:13px}
        .subtitle{margin:4px 0 0}
        .warning{border-left:4px solid var(--s4);background:var(--card);padding:8px 12px;max-width:none}
        button{font:inherit;font-size:13px;color:var(--ink);background:var(--card);cursor:pointer;
        border:1px solid var(--line);border-radius:6px;padding:4px 10px;white-space:nowrap}
        a{color:var(--s0)}
        .contents{display:flex;flex-wrap:wrap;gap:4px 16px;margin:14px 0;font-size:14px}
        :focus-visible{outline:2px solid var(--s0);outline-offset:2px}
        """

    private static let content = """
        .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:10px;margin:18px 0}
        .figures div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 12px;
        min-width:0}
        .figures dt{font-size:12px;color:var(--soft)}
        .figures dd{margin:0;font-size:20px;font-weight:600;color:var(--c,var(--ink));overflow-wrap:anywhere}
        .figures small{font-size:13px;font-weight:400;color:var(--soft)}
        .figures dd.note{font-size:12px;font-weight:400;color:var(--soft)}
        .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:2px 24px;margin:12px 0;
        font-size:14px}
        .facts div{display:flex;gap:10px;justify-content:space-between;border-bottom:1px solid var(--grid);
        padding:3px 0;min-width:0}
        .facts dt{color:var(--soft)}
        .facts dd{margin:0;text-align:right;overflow-wrap:anywhere;min-width:0}
        .chart{margin:10px 0;position:relative}
        .chart svg{display:block;width:100%;height:auto;overflow:visible;touch-action:pan-y}
        .chart svg.narrow{display:none}
        .small{max-width:520px}
        .multiples{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:8px 24px}
        .readout{position:absolute;top:0;left:0;pointer-events:none;background:var(--card);color:var(--ink);
        border:1px solid var(--line);border-radius:6px;padding:6px 9px;font-size:12px;line-height:1.45;z-index:2;
        white-space:nowrap}
        .readout[hidden]{display:none}
        .readout b{display:block}
        .readout i{display:inline-block;width:9px;height:9px;border-radius:2px;background:var(--c);margin-right:6px}
        .readout span{display:flex;justify-content:space-between;gap:14px}
        .scroll{overflow-x:auto;max-width:100%}
        table{border-collapse:collapse;font-size:13px;min-width:100%}
        th,td{padding:4px 10px;border-bottom:1px solid var(--grid);white-space:nowrap}
        th{font-weight:600;color:var(--soft);border-bottom-color:var(--line)}
        .number{text-align:right}
        .words{text-align:left}
        td[class]{color:var(--c,var(--ink))}
        td.marked{background:var(--mark);color:var(--ink)}
        .heat td{text-align:center;border:2px solid var(--bg)}
        .heat th{text-align:center;border:0}
        details{margin:14px 0}
        summary{cursor:pointer;font-weight:600}
        pre{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px;overflow-x:auto;
        font-size:12.5px;line-height:1.45}
        @media(max-width:640px){header,main{padding-left:12px;padding-right:12px}
        h1{font-size:20px}
        .figures{grid-template-columns:repeat(2,minmax(0,1fr))}
        .figures dd{font-size:17px}
        .chart svg.wide{display:none}
        .chart svg.narrow{display:block}}
        @media print{button{display:none}.chart{break-inside:avoid}}
        """
}
