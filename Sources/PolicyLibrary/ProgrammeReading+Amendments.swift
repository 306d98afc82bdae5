import CompensationKernel
import DocumentReading
import FundCore

/// A change of terms for later loans, as a file writes it.
struct WrittenAmendment {
  let id: String
  let from: Written<CivilDate>
  let changes: [DocumentEntry]
  let sources: [DocumentEntry]
  let citation: Citation
}

/// Amendments from a day on: `changes:`.
extension ProgrammeReading {
  /// The most amendments of a programme.
  static let mostAmendments = 6

  /// What a change can concern: what is decided loan by loan, and claim by claim.
  private static let changeable = ["models", "recovery", "coverage", "rounding"]

  /// What decides about more than the loans that are made from a day on, by the beginnings of their paths, and
  /// why.
  private static let common: [(path: String, reason: LocalizedText)] = [
    (
      "coverage.perEnterpriseYear.period",
      .init(en: "an enterprise's loans are counted over one time", zh: "同一企业的贷款按同一期间累计")
    ),
    (
      "coverage.perEnterpriseYear.limits",
      .init(en: "an enterprise has one kind of limit", zh: "同一企业只有一种限额")
    ),
    (
      "coverage.headroom",
      .init(en: "all loans of an enterprise use up one limit", zh: "同一企业的贷款共用一个限额")
    ),
    (
      "claim",
      .init(en: "all claims of the fund wait equally long", zh: "基金的各笔补偿时滞相同")
    ),
    ("fund", .init(en: "the fund's money is one for all loans", zh: "各笔贷款共用基金的资金")),
    (
      "thresholds",
      .init(en: "a bank has one ratio for all its loans", zh: "一家银行的全部贷款合计一个比率")
    ),
    ("limits", addsUp), ("firstLoss", addsUp), ("stopLoss", addsUp), ("claimRate", addsUp),
    (
      "inForce",
      .init(
        en: "the dates in force say which loans there are at all", zh: "有效期决定哪些贷款属于本办法")
    ),
    (
      "coverPeriod",
      .init(en: "the dates in force mean the same for all loans", zh: "有效期的含义对各笔贷款相同")
    ),
  ]
  private static let addsUp = LocalizedText(
    en: "it adds up the claims of all loans", zh: "该条款合计全部贷款的补偿")

  /// Reads `changes:`.
  func writtenAmendments(_ top: inout Section, _ tree: DocumentNode) -> [WrittenAmendment] {
    let sections = top.sectionsIfPresent("changes") ?? []
    let found = sections.enumerated().compactMap { amendment($1, number: $0 + 1, tree) }
    if sections.count > Self.mostAmendments {
      top.report(
        "too-many-changes",
        .init(en: "there are \(sections.count) changes", zh: "共有\(sections.count)次修订"),
        help: .init(
          en: "give at most \(Self.mostAmendments)", zh: "最多\(Self.mostAmendments)次"))
    }
    for (earlier, later) in zip(found, found.dropFirst())
    where later.from.value <= earlier.from.value {
      problems.report(
        "changes-out-of-order",
        .init(
          en: "the change '\(later.id)' holds from \(later.from.value), not after '\(earlier.id)'",
          zh: "修订“\(later.id)”自\(later.from.value)起，不晚于“\(earlier.id)”"),
        help: .init(
          en: "list changes by their days, one for each day", zh: "按日期先后列出，每个日期只列一次"),
        at: later.from.location)
    }
    return found
  }

  private func amendment(
    _ opened: Section, number: Int, _ tree: DocumentNode
  ) -> WrittenAmendment? {
    var section = opened
    let id = section.textIfPresent("id")?.value ?? "\(number)"
    let from = section.value("from", example: "2025-01") {
      text -> Result<CivilDate, ScalarProblem> in
      if case .success(let date) = Scalar.date(text) { return .success(date) }
      return Scalar.month(text).map(\.firstDay)
    }
    let change = section.node("change", example: "{ models.bank.payers.fund.share.value: 45% }")
    let sources = ["article", "interpretation", "assumption"].compactMap { key in
      section.nodeIfPresent(key).map {
        DocumentEntry(key: Written(key, at: $0.location), value: $0)
      }
    }
    let citation = citation(of: &section)
    section.finish()
    guard let from, let change else { return nil }
    guard let entries = change.entries, !entries.isEmpty else {
      problems.report(
        "not-a-mapping", .init(en: "'change' is \(change.kind)", zh: "“change”是\(change.kind)"),
        help: .init(
          en: "write paths and values, such as `models.bank.payers.fund.share.value: 45%`",
          zh: "写参数路径和值，如 `models.bank.payers.fund.share.value: 45%`"), at: change.location)
      return nil
    }
    note(section, "from", from.value.description, unit: "", citation)
    for entry in entries {
      check(entry.key, tree)
      note(section, "change.\(entry.key.value)", entry.value.inWords, unit: "", citation)
    }
    return WrittenAmendment(
      id: id, from: from, changes: entries, sources: sources, citation: citation)
  }

  /// Whether a path leads to a number or a choice that can change from a day on.
  private func check(_ path: Written<String>, _ tree: DocumentNode) {
    let parts = path.value.split(separator: ".").map(String.init)
    guard tree.isParameter(path.value) else {
      problems.report(
        "unknown-parameter",
        .init(
          en: "the programme has no parameter '\(path.value)'", zh: "该办法没有参数“\(path.value)”"),
        help: suggestion(for: path.value, in: tree), at: path.location)
      return
    }
    let ofCompensation =
      path.value.hasPrefix("coverage.perEnterpriseYear.")
      && tree.node(at: "coverage.perEnterpriseYear.limits")?.text == "compensation"
    let common = Self.common.first {
      path.value == $0.path || path.value.hasPrefix($0.path + ".")
    }
    guard common != nil || ofCompensation || !Self.changeable.contains(parts.first ?? "") else {
      return
    }
    let reason: LocalizedText =
      ofCompensation
      ? .init(
        en: "what is paid on an enterprise's loans in a year is one sum", zh: "同一企业当年的补偿合并计算")
      : common?.reason ?? .init(en: "it concerns all loans", zh: "涉及全部贷款")
    problems.report(
      "change-not-possible",
      .init(
        en: "'\(path.value)' cannot change for later loans alone: \(reason)",
        zh: "“\(path.value)”不能只对其后发放的贷款修订：\(reason)"),
      help: .init(
        en: """
          change shares, caps, loss bases, recoveries, rounding, or the coverage of a loan; for all else \
          compare two programme files
          """, zh: "可修订份额、上限、损失基数、追偿分配、取舍规则、单笔贷款的补偿条件；其他条款请比较两个办法文件"),
      at: path.location)
  }

  /// The terms after each amendment, with all before it; read only where nothing else is wrong.
  func amendments(_ written: [WrittenAmendment], of tree: DocumentNode) -> [Amendment] {
    guard !written.isEmpty, problems.problems.isEmpty else { return [] }
    var tree = DocumentNode(
      content: .mapping((tree.entries ?? []).filter { $0.key.value != "changes" }),
      location: tree.location)
    return written.compactMap { item in
      for entry in item.changes {
        tree = tree.amending(entry, sources: item.sources) ?? tree
      }
      let reading = ProgrammeReading()
      let document = reading.document(tree)
      for problem in reading.problems.problems { problems.report(problem) }
      return document.map {
        Amendment(id: item.id, from: item.from.value, terms: $0.terms, citation: item.citation)
      }
    }
  }
}

extension DocumentNode {
  /// Whether a path leads to a value that stands beside a source, and is neither a source nor a name.
  func isParameter(_ path: String) -> Bool {
    let parts = path.split(separator: ".")
    let sources = ["article", "interpretation", "assumption"]
    guard let node = node(at: path), node.text != nil || node.items != nil,
      let clause = self.node(at: parts.dropLast().joined(separator: "."))?.entries
    else { return false }
    return clause.contains { sources.contains($0.key.value) }
      && !(sources + ["id", "party", "zh", "en"]).contains(parts.last.map(String.init) ?? "")
  }

  /// This tree with one parameter changed, its clause citing the change.
  fileprivate func amending(_ entry: DocumentEntry, sources: [DocumentEntry]) -> DocumentNode? {
    let path = entry.key.value
    let parent = path.split(separator: ".").dropLast().joined(separator: ".")
    guard let changed = replacing(path: path, with: entry.value),
      let clause = changed.node(at: parent), let entries = clause.entries
    else { return nil }
    let names = ["article", "interpretation", "assumption"]
    let kept = entries.filter { !names.contains($0.key.value) } + sources
    return changed.replacing(
      path: parent, with: DocumentNode(content: .mapping(kept), location: clause.location))
  }

  /// A value in one line.
  fileprivate var inWords: String {
    text ?? items.map { $0.map(\.inWords).joined(separator: ", ") } ?? ""
  }
}
