/// Makes a large struct stay where it is: for state that is read and written at every event.
///
/// The compiler handles a struct of plain fields as a value, even one of a kilobyte: a mutating method that
/// calls one that only reads hands it a copy of the whole on the stack. A field of unknown type has no value
/// of a known size, so a struct that contains one is always handed on by its address. This field is always
/// nil.
public struct Anchor: ~Copyable, Sendable {
    private let pin: (any Sendable)? = nil

    package init() {}
}
