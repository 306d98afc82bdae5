import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// The terms file that the options of the command line stand for.
///
/// Its values stand at the names of their options, and its columns are those of the register's
/// header that have our names. It is read as any other terms file.
struct OptionDocument {
  private let request: ReplayRequest
  private let place: SourceLocation

  init(_ request: ReplayRequest) {
    self.request = request
    place = SourceLocation(file: request.register)
  }

  func tree() throws(Diagnostics) -> DocumentNode {
    var problems: [Diagnostic] = []
    let needed: [ReplayRequest.Option] = [.model, .fund, .start]
    let missing =
      (request.programme == nil ? ["programme"] : [])
      + needed.filter { request.options[$0] == nil }.map(\.rawValue)
    for option in missing {
      problems.append(
        Diagnostic(
          code: "missing-option",
          message: .init(
            en: "there is no --\(option), and no terms file", zh: "缺少 --\(option)，也没有条款文件"),
          advice: .init(
            en: "add --\(option), or give a terms file with --terms",
            zh: "加上 --\(option)，或用 --terms 给出条款文件"),
          location: SourceLocation(file: "--\(option)")))
    }
    let register = mapping(of: request.register, .register, problems: &problems)
    let recoveries = request.recoveries.flatMap {
      mapping(of: $0, .recoveries, problems: &problems)
    }
    let limits = assignments(.limits, example: "leverage=10,claimRate=5%", &problems)
    let contributors = assignments(
      .contributors, example: "city=60%,district=40%", &problems)
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return object([
      entry("title", scalar(request.register)), entry("opening", option(.start)),
      entry("until", option(.until)), entry("discountRate", option(.discountRate)),
      entry("register", register), entry("recoveries", recoveries),
      entry("funds", list([fund(contributors)])),
      entry("limits", limits),
    ])
  }

  // MARK: The fund

  private var programme: PolicyDocument? {
    request.programme.flatMap { try? PolicyDocument.named(Written($0, at: place), in: "") }
  }

  private func fund(_ contributors: DocumentNode?) -> DocumentNode {
    let programmePlace = SourceLocation(file: "--programme")
    var entries: [DocumentEntry?] = [
      entry("programme", request.programme.map { scalar($0, at: programmePlace) }),
      entry("model", option(.model)), entry("initial", option(.fund)),
      entry("interestRate", option(.interestRate)), entry("claimDelay", option(.claimDelay)),
      entry("penaltyRate", option(.penaltyRate)), entry("contributors", contributors),
    ]
    if let terms = programme?.terms {
      // A programme with a date of its own is in force from then on, whenever the fund opens.
      if case .date = terms.inForce.start {} else { entries.append(entry("start", option(.start))) }
      if terms.claim.delayMonths.value == nil, request.options[.claimDelay] == nil {
        entries.append(entry("claimDelay", scalar("0")))
      }
      if terms.fund.interestStays?.value ?? false, request.options[.interestRate] == nil {
        entries.append(entry("interestRate", scalar("0%")))
      }
    }
    return object(entries)
  }

  // MARK: Files

  /// The columns of a file that have our names; `nil` if it cannot be opened.
  private func mapping(
    of path: String, _ kind: TapeKind, problems: inout [Diagnostic]
  ) -> DocumentNode? {
    let table: DelimitedTable
    do throws(Diagnostics) {
      table = try DelimitedTable(path: path, isHeadedLater: true)
        .headed(by: kind.properties.map(\.rawValue))
    } catch {
      problems += error.problems
      return nil
    }
    // Numbers of employees would need limits; all else that is left out has no use here.
    let unused: Set<TapeProperty> = [.employees, .grade, .pd, .sector]
    let properties = kind.properties.filter { property in
      if unused.contains(property) { return false }
      if property == .ipAmount, table.column(TapeProperty.ipPart.rawValue) != nil { return false }
      let isTold = kind != .register && kind.needed[property] != nil
      return isTold || table.column(property.rawValue) != nil
    }
    var names = properties.map(\.rawValue)
    // A column that a register refuses is refused by the reader of columns, with the reason.
    let balance = TapeProperty.outstanding.rawValue
    if kind == .register, table.column(balance) != nil { names.append(balance) }
    let columns = names.map { name in
      entry(name, scalar(name, at: SourceLocation(file: path)))
    }
    var entries: [DocumentEntry?] = [
      entry("columns", object(columns)), entry("badRows", option(.badRows)),
    ]
    switch kind {
    case .register:
      let hasModel = table.column(TapeProperty.model.rawValue) != nil
      entries.append(entry("constants", hasModel ? nil : object([entry("model", modelOfLoans)])))
      entries.append(entry("facts", facts(table)))
    case .recoveries, .portfolio:
      entries.append(entry("tape", scalar(path)))
    }
    return object(entries)
  }

  /// The loans' model where no column states it. A word that is no model is the fund's problem.
  private var modelOfLoans: DocumentNode? {
    let word = request.options[.model] ?? ""
    if FundSection.takesModelFromLoan(word) { return nil }
    let known = programme.map { KnownModels(of: $0.terms) } ?? .shared
    if case .success = known.model(word) { return option(.model) }
    return scalar(OperatingModel.bank.id)
  }

  private func facts(_ table: DelimitedTable) -> DocumentNode {
    let asked = programme?.terms.coverage.facts.map(\.id) ?? []
    let columns = asked.filter { table.column($0) != nil }.map {
      entry($0, scalar($0))
    }
    return object([
      entry("columns", columns.isEmpty ? nil : object(columns)), entry("others", option(.facts)),
    ])
  }

  /// An option that gives several things a value each, `leverage=10,claimRate=5%`, as a mapping.
  private func assignments(
    _ option: ReplayRequest.Option, example: String, _ problems: inout [Diagnostic]
  ) -> DocumentNode? {
    guard let text = request.options[option] else { return nil }
    let name = "--\(option.rawValue)"
    let place = SourceLocation(file: "\(name) \(text)")
    var entries: [DocumentEntry] = []
    let parts = text.split(whereSeparator: { ",，、".contains($0) })
    for part in parts.isEmpty ? [Substring(text)] : parts {
      let sides = part.split(maxSplits: 1, whereSeparator: { "=＝".contains($0) }).map {
        String($0.trimmingBlanks)
      }
      guard sides.count == 2, !sides[0].isEmpty,
        !entries.contains(where: { $0.key.value == sides[0] })
      else {
        problems.append(
          Diagnostic(
            code: option == .limits ? "malformed-limit" : "malformed-contributor",
            message: .init(
              en: "'\(part)' does not say what has which value, or says it twice",
              zh: "“\(part)”没有写明名称及其数值，或重复"),
            advice: .init(
              en: "write each once with its value: \(name) \(example)",
              zh: "各写一次及其数值：\(name) \(example)"), location: place))
        continue
      }
      entries.append(
        DocumentEntry(key: Written(sides[0], at: place), value: scalar(sides[1], at: place)))
    }
    return DocumentNode(content: .mapping(entries), location: place)
  }

  // MARK: Nodes

  private func option(_ option: ReplayRequest.Option) -> DocumentNode? {
    request.options[option].map {
      scalar($0, at: SourceLocation(file: "--\(option.rawValue)"))
    }
  }

  private func scalar(_ text: String, at location: SourceLocation? = nil) -> DocumentNode {
    DocumentNode(content: .scalar(text, isPlain: false), location: location ?? place)
  }

  private func list(_ items: [DocumentNode]) -> DocumentNode {
    DocumentNode(content: .sequence(items), location: place)
  }

  /// A key with its value; `nil` without one.
  private func entry(_ key: String, _ value: DocumentNode?) -> DocumentEntry? {
    value.map { DocumentEntry(key: Written(key, at: $0.location), value: $0) }
  }

  /// A mapping of the entries that have a value.
  private func object(_ entries: [DocumentEntry?]) -> DocumentNode {
    DocumentNode(content: .mapping(entries.compactMap(\.self)), location: place)
  }
}

extension Substring {
  /// Without blanks at both ends.
  fileprivate var trimmingBlanks: Substring {
    var rest = drop { $0.isWhitespace }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return rest
  }
}
