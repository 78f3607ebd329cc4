import Configuration
import Journal

extension TapeObserver {
    /// Begins the tape of a run, with its configuration at its head.
    init(in folder: RunFolder, _ configuration: SessionConfiguration) throws(RunError) {
        let policy: TapePolicy
        switch configuration.journal.durability {
        case .process: policy = .process
        case .power: policy = .power
        }
        let metadata = SessionTapeHeader(run: folder.name, configuration: configuration.effectiveText)
        do throws(TapeError) {
            self.init(
                try TapeWriter(
                    creating: folder.file("session.tape"), metadata: metadata.bytes, policy: policy))
        } catch {
            throw .tape(error)
        }
    }
}
