/// A page of HTML that needs nothing else: style, script and pictures are in it, and it asks no network.
///
/// The same content gives the same bytes. A fragment `#light` or `#dark` chooses the colours when it opens;
/// otherwise they are those that the reader's system asks for, until the button changes them.
package struct Page: Sendable {
    package var title: String
    /// One line under the title.
    package var subtitle: String
    private var body = Markup()

    package init(_ title: String, subtitle: String = "") {
        self.title = title
        self.subtitle = subtitle
    }

    // MARK: Content

    /// A key figure: large, with its name above and a word of explanation below.
    package struct Figure: Equatable, Sendable {
        package var name: String
        package var value: Table.Cell
        /// Written smaller behind the value.
        package var unit: String
        package var note: String

        package init(_ name: String, _ value: Table.Cell, unit: String = "", note: String = "") {
            self.name = name
            self.value = value
            self.unit = unit
            self.note = note
        }
    }

    package mutating func heading(_ text: String, id: String? = nil) {
        if let id {
            body.element("h2", ["id": id], text)
        } else {
            body.element("h2", [:], text)
        }
    }

    package mutating func subheading(_ text: String) { body.element("h3", [:], text) }

    package mutating func paragraph(_ text: String) { body.element("p", [:], text) }

    /// A remark that is read after what it is about.
    package mutating func remark(_ text: String) { body.element("p", ["class": "remark"], text) }

    /// What the reader has to know before believing the rest.
    package mutating func warning(_ text: String) {
        body.element("p", ["class": "warning", "role": "note"], text)
    }

    package mutating func figures(_ figures: [Figure]) {
        body.element("dl", ["class": "figures"]) { list in
            for figure in figures {
                list.element("div") { box in
                    box.element("dt", [:], figure.name)
                    box.element("dd", ["class": figure.value.tone?.name ?? "plain"]) { value in
                        value.add(figure.value.text)
                        guard !figure.unit.isEmpty else { return }
                        value.raw(" ")
                        value.element("small", [:], figure.unit)
                    }
                    if !figure.note.isEmpty { box.element("dd", ["class": "note"], figure.note) }
                }
            }
        }
    }

    /// Names and values in pairs, close together.
    package mutating func facts(_ facts: [(name: String, value: String)]) {
        body.element("dl", ["class": "facts"]) { list in
            for fact in facts {
                list.element("div") { box in
                    box.element("dt", [:], fact.name)
                    box.element("dd", [:], fact.value)
                }
            }
        }
    }

    package mutating func chart(_ chart: TimeChart) { body.raw(chart.figure) }

    package mutating func map(_ map: HeatMap) { body.raw(map.figure) }

    /// Small charts beside each other, as many as fit.
    package mutating func charts(_ charts: [BarChart]) {
        body.element("div", ["class": "multiples"]) { box in
            for chart in charts { box.raw(chart.figure) }
        }
    }

    package mutating func table(_ table: Table) { body.raw(table.markup) }

    /// A list of links to headings of this page: names and the ids of the headings.
    package mutating func contents(_ entries: [(name: String, id: String)]) {
        body.element("nav", ["class": "contents", "aria-label": "Sections"]) { nav in
            for entry in entries { nav.element("a", ["href": "#" + entry.id], entry.name) }
        }
    }

    /// Something that is folded away until it is wanted.
    package mutating func folded(_ title: String, _ content: (inout Page) -> Void) {
        var inner = Page("")
        content(&inner)
        body.element("details") { details in
            details.element("summary", [:], title)
            details.raw(inner.body.text)
        }
    }

    /// A text whose lines and spaces are kept.
    package mutating func verbatim(_ text: String) {
        body.element("pre", ["tabindex": "0"], text)
    }

    // MARK: Document

    /// The whole file.
    package var document: String {
        var markup = Markup()
        markup.raw("<!DOCTYPE html>\n")
        markup.element("html", ["lang": "en"]) { html in
            html.element("head") { head in
                head.raw("<meta charset=\"utf-8\">")
                head.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                head.raw("<meta name=\"color-scheme\" content=\"light dark\">")
                head.raw("<link rel=\"icon\" href=\"data:,\">")
                head.element("title", [:], title)
                head.element("style", [:]) { $0.raw(PageStyle.page) }
            }
            html.element("body") { all in
                all.element("header") { header in
                    header.element("div") { words in
                        words.element("h1", [:], title)
                        if !subtitle.isEmpty { words.element("p", ["class": "subtitle"], subtitle) }
                    }
                    header.element(
                        "button", ["type": "button", "id": "theme", "hidden": "hidden"], "Light / dark")
                }
                all.element("main") { $0.raw(body.text) }
                all.element("script") { $0.raw(PageScript.text) }
            }
        }
        markup.raw("\n")
        return markup.text
    }
}
