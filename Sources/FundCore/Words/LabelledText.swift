/// A text with a label before it.
public struct LabelledText: Sendable, Hashable, Codable {
  /// The label.
  public var label: LocalizedText
  /// The text.
  public var text: LocalizedText

  /// Creates a line.
  public init(_ label: LocalizedText, _ text: LocalizedText) {
    self.label = label
    self.text = text
  }
}
