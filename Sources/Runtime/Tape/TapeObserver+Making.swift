import Configuration
import Journal

extension TapeObserver {
    /// Goes on with the tape of a run that was cut short.
    init(
        resuming folder: RunFolder, _ configuration: SessionConfiguration, keepsBlocks: Bool = false
    ) throws(RunError) {
        do throws(TapeError) {
            self.init(
                try TapeWriter(
                    resuming: folder.file("session.tape"), policy: Self.policy(configuration),
                    keepsBlocks: keepsBlocks))
        } catch {
            throw .tape(error)
        }
    }

    /// Begins the tape of a run, with its configuration at its head.
    init(
        in folder: RunFolder, _ configuration: SessionConfiguration, keepsBlocks: Bool = false
    ) throws(RunError) {
        let metadata = SessionTapeHeader(run: folder.name, configuration: configuration.effectiveText)
        do throws(TapeError) {
            self.init(
                try TapeWriter(
                    creating: folder.file("session.tape"), metadata: metadata.bytes,
                    policy: Self.policy(configuration), keepsBlocks: keepsBlocks))
        } catch {
            throw .tape(error)
        }
    }

    /// Lets a thread bring what is written to the disk, unless nothing counts before it is there.
    mutating func startFlushing(_ configuration: SessionConfiguration) throws(RunError) {
        switch configuration.journal.durability {
        case .power: return
        case .process: break
        }
        let flusher: TapeFlusher
        do throws(TapeError) {
            flusher = try makeFlusher()
        } catch {
            throw .tape(error)
        }
        try startFlushing { () throws(TapeError) in try flusher.flush() }
    }

    private static func policy(_ configuration: SessionConfiguration) -> TapePolicy {
        switch configuration.journal.durability {
        case .process: .process
        case .power: .power
        }
    }
}
