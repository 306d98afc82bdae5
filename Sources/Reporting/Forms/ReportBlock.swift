/// A piece of a report, without any format.
enum ReportBlock: Equatable {
  /// The title of the whole.
  case title(String)
  /// The heading of a part.
  case heading(String)
  /// A heading within a part.
  case subheading(String)
  /// A paragraph.
  case paragraph(String)
  /// Labels with their texts.
  case pairs([(label: String, text: String)])
  /// A list.
  case list([String])
  /// Figures.
  case table(ReportTable)

  static func == (left: ReportBlock, right: ReportBlock) -> Bool {
    switch (left, right) {
    case (.title(let a), .title(let b)), (.heading(let a), .heading(let b)),
      (.subheading(let a), .subheading(let b)), (.paragraph(let a), .paragraph(let b)):
      a == b
    case (.pairs(let a), .pairs(let b)): a.elementsEqual(b, by: ==)
    case (.list(let a), .list(let b)): a == b
    case (.table(let a), .table(let b)): a == b
    default: false
    }
  }
}

/// A table of figures: the first column holds labels, the others numbers with their precision.
struct ReportTable: Equatable {
  /// The heads of the columns; a line break makes a head of two lines.
  var heads: [String]
  /// The cells, shape `[rows][columns]`.
  var rows: [[String]] = []
}
