import Journal

/// Where the bytes of one table are: a file, or an entry of an archive.
struct TableInput {
    let path: String
    /// How it is called in errors.
    let name: String
    /// Bytes as stored.
    let storedBytes: Int
    private let archive: (file: MappedFile, entry: ZipEntry)?

    /// The tables in some files, in the order of the files and, in archives, of their directories.
    ///
    /// Of an archive the entries whose names end with `.csv` count; others are left alone.
    static func list(_ paths: [String]) throws(ImportError) -> [TableInput] {
        var inputs: [TableInput] = []
        for path in paths {
            let file: MappedFile
            do throws(FileError) {
                file = try MappedFile(path)
            } catch {
                throw .file(error)
            }
            let isArchive = isArchive(path, file)
            guard isArchive else {
                inputs.append(
                    TableInput(path: path, name: path, storedBytes: file.bytes.count, archive: nil))
                continue
            }
            inputs += try entries(of: file, path)
        }
        return inputs
    }

    /// By its name or its first bytes: a damaged archive is no plain table.
    private static func isArchive(_ path: String, _ file: MappedFile) -> Bool {
        path.lowercased().hasSuffix(".zip")
            || file.withBytes { $0.starts(with: [0x50, 0x4B, 3, 4]) || $0.starts(with: [0x50, 0x4B, 5, 6]) }
    }

    private static func entries(of file: MappedFile, _ path: String) throws(ImportError) -> [TableInput] {
        let entries: [ZipEntry]
        do throws(ZipFault) {
            entries = try file.withBytes { bytes throws(ZipFault) in try ZipDirectory.entries(of: bytes) }
        } catch {
            throw .archive(path: path, error)
        }
        let tables = entries.filter { $0.name.lowercased().hasSuffix(".csv") }
        guard !tables.isEmpty else { throw .noTable(path: path) }
        return tables.map {
            TableInput(
                path: path, name: "\(path):\($0.name)", storedBytes: $0.range.count, archive: (file, $0))
        }
    }

    /// The name that tells of format and market: of the entry, or of the file.
    var shortName: String { archive?.entry.name ?? path }

    func open() throws(ImportError) -> TableLines {
        do throws(SourceFault) {
            let source: any ByteSource =
                if let archive {
                    try ZipSource(archive.file, archive.entry)
                } else {
                    try StoredSource(path)
                }
            return TableLines(source, name: name)
        } catch {
            throw .source(name: name, line: 1, fault: error)
        }
    }
}
