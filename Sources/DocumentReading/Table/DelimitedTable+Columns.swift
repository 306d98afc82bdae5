public import FundCore

/// Finds columns by name.
extension DelimitedTable {
  /// The number of the column with a name, from 0; blanks, full-width signs and kinds of brackets are no
  /// difference. A name without its head of a group, or without the unit that the file adds, is found if
  /// only one column has it.
  public func column(_ name: String) -> Int? { heading.column(name) }

  /// Whether a name can mean a column, or several.
  public func canMean(_ name: String) -> Bool {
    column(name) != nil || !heading.columnsWithoutUnit(name).isEmpty
  }

  /// The number of the column with a name, from 0.
  ///
  /// - Throws: `unknown-column`, at the place where the name was written, with the one that was
  ///   probably meant; `unclear-column` if several columns can be meant.
  public func column(named name: Written<String>) throws(Diagnostics) -> Int {
    if let column = column(name.value) { return column }
    let rivals = heading.columnsWithoutUnit(name.value)
    if rivals.count > 1 {
      let found = rivals.map { header[$0].value }
      throw Diagnostics(
        "unclear-column",
        .init(
          en: "\(quoted(name.value)) can be \(rivals.count) columns of \(file)",
          zh: "\(quoted(name.value))可指 \(file) 中的\(rivals.count)列"),
        help: .init(
          en: "write the whole head: \(found.joined(separator: ", "))",
          zh: "写全列名：\(found.joined(separator: "、"))"), at: name.location)
    }
    let names = header.map(\.value).filter { !$0.isEmpty }
    let suggestion = didYouMean(name.value, among: names)
    throw Diagnostics(
      "unknown-column",
      .init(
        en: "\(file) has no column \(quoted(name.value))",
        zh: "\(file) 中没有名为\(quoted(name.value))的列"),
      help: suggestion
        + LocalizedText(
          en: "its columns: \(names.prefix(40).joined(separator: ", "))",
          zh: "现有各列：\(names.prefix(40).joined(separator: "、"))") + otherSheets,
      at: name.location)
  }
}

extension TableHeading {
  func column(_ name: String) -> Int? {
    let wanted = Scalar.name(name)
    guard !wanted.isEmpty else { return nil }
    if let column = names.firstIndex(where: { Scalar.name($0.value) == wanted }) { return column }
    let key = Scalar.headKey(name)
    guard !key.isEmpty else { return nil }
    let alike = names.indices.filter { Scalar.headKey(names[$0].value) == key }
    if let column = alike.first { return alike.count == 1 ? column : nil }
    let grouped = names.indices.filter {
      !groups[$0].isEmpty && Scalar.headKey(groups[$0] + names[$0].value) == key
    }
    if grouped.count == 1 { return grouped[0] }
    let bare = columnsWithoutUnit(name)
    return bare.count == 1 ? bare[0] : nil
  }

  /// Everything by which a column can be called, as `Scalar.headKey` makes it.
  var keys: Set<String> {
    var keys: Set<String> = []
    for column in names.indices where !names[column].value.isEmpty {
      let head = names[column].value
      keys.insert(Scalar.headKey(head))
      if !groups[column].isEmpty { keys.insert(Scalar.headKey(groups[column] + head)) }
      // Tables of people are not wider; only a row that is no header can be.
      guard column < 300, head.utf8.count <= 200 else { continue }
      for quantity in [UnitQuantity.money, .term, .rate, .part] {
        keys.insert(quantity.withoutUnit(head))
      }
    }
    return keys
  }

  /// The columns that have a name once the unit is taken off their heads.
  func columnsWithoutUnit(_ name: String) -> [Int] {
    let key = Scalar.headKey(name)
    guard !key.isEmpty else { return [] }
    return names.indices.filter { column in
      let head = names[column].value
      return !head.isEmpty
        && [UnitQuantity.money, .term, .rate, .part].contains { $0.withoutUnit(head) == key }
    }
  }
}
