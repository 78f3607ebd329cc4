import Configuration

/// The columns of one table: which holds what, and how it is called in errors.
struct TableColumns {
    private var places = [Int?](repeating: nil, count: TableField.allCases.count)
    private var names = [String](repeating: "", count: TableField.allCases.count)

    /// The index of the column of a field; nil when there is none.
    func index(of field: TableField) -> Int? { places[field.slot] }

    /// What the table calls the field, or what we do.
    func name(of field: TableField) -> String { names[field.slot] }

    private mutating func set(_ field: TableField, _ index: Int, _ name: String) {
        places[field.slot] = index
        names[field.slot] = name
    }

    /// By the position of each column in tables that have no header line.
    init(layout: [TableField?]) {
        for (index, field) in layout.enumerated() {
            if let field { set(field, index, field.rawValue) }
        }
    }

    /// By the names of a header line.
    init(header: [String], _ kind: TableKind, table: String) throws(ImportError) {
        for field in kind.required + kind.optional {
            let names = field.headers
            for name in names where index(of: field) == nil {
                if let index = header.firstIndex(of: name) { set(field, index, name) }
            }
            if index(of: field) == nil, kind.required.contains(field) {
                throw .missingColumn(
                    table: table, field: field.rawValue, known: names,
                    nearest: names.lazy.compactMap { NearestName.of($0, among: header) }.first)
            }
        }
    }

    /// By what the owner says; `header` is nil where the table has none.
    init(
        map: ColumnMap, header: [String]?, _ kind: TableKind, table: String, cells: Int
    ) throws(ImportError) {
        for field in kind.required + kind.optional {
            switch map.column(of: field) {
            case .number(let number):
                guard number <= cells else { throw .columnBeyond(table: table, number: number, count: cells) }
                set(field, number - 1, field.rawValue)
            case .named(let name):
                guard let header else { throw .noHeader(table: table, column: name) }
                guard let index = header.firstIndex(of: name.lowercased()) else {
                    throw .missingColumn(
                        table: table, field: field.rawValue, known: [name],
                        nearest: NearestName.of(name, among: header))
                }
                set(field, index, name)
            case nil:
                if kind.required.contains(field) { throw .unmappedField(table: table, field: field.rawValue) }
            }
        }
    }
}
