/// A choice of a fixed list that people also write in other words than the list's own: in those of
/// their ledgers, mostly Chinese ones.
public protocol SpokenChoice: CaseIterable, RawRepresentable where RawValue == String {
  /// The other words for it; messages name the first.
  var otherWords: [String] { get }
}

extension SpokenChoice {
  /// The choice of a word, its own or another; `nil` if it is none.
  ///
  /// Marks and blanks inside the other words do not count: 按月付息，到期还本 is 按月付息到期还本.
  public init?(spoken word: String) {
    if let own = Self(rawValue: word) {
      self = own
      return
    }
    let plain = word.filter { !" ,，、;；".contains($0) }
    guard let other = Self.allCases.first(where: { $0.otherWords.contains(plain) }) else {
      return nil
    }
    self = other
  }
}
