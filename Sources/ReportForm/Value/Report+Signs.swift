import FundCore

extension Report {
  /// What the signs mean that its figures carry; the section that closes every report with estimates.
  ///
  /// - Parameter differences: How many differences were judged together, for the sign `~`: each number those of one
  ///   kind, judged among themselves; none where there are no differences.
  /// - Complexity: Linear in the number of cells.
  public func signs(differences: [Int] = []) -> ReportSection {
    let figures = tables.flatMap(\.rows).flatMap { $0 }.flatMap(\.figures)
    var pairs = [
      LabelledText(
        .init(same: "x ± e"),
        .init(
          en: "a mean or a difference, and its standard error, where 25 trials and more bear on it",
          zh: "均值或差值及其标准误（须有至少25次模拟与之有关）")),
      LabelledText(
        .init(en: "x (a–b)", zh: "x（a–b）"),
        .init(en: "a figure and its 95 % interval", zh: "数值及其95%区间")),
    ]
    if figures.contains(where: \.isExact) { pairs.append(Self.exactSign) }
    if !differences.isEmpty { pairs += Self.differenceSigns(differences) }
    if let unreliable { pairs.append(LabelledText(.init(same: "*"), unreliable)) }
    return ReportSection(.init(en: "Signs", zh: "符号说明"), [.pairs(pairs)])
  }

  private static let exactSign = LabelledText(
    .init(en: "x exact", zh: "x（确定）"),
    .init(en: "nothing random moves it, by the rules of the fund", zh: "按基金规则，不受随机因素影响"))

  private static func differenceSigns(_ counts: [Int]) -> [LabelledText] {
    let count = NumberFormat.whole(counts[0])
    let others = counts.dropFirst().filter { $0 > 0 }.map { NumberFormat.whole($0) }
    let rest: LocalizedText =
      others.isEmpty
      ? .empty
      : .init(
        en: """
          ; those by year and of who uses the funds up among themselves: \(others.joined(separator: ", "))
          """,
        zh: "；逐年数据和用款划分各自另计：\(others.joined(separator: "、"))个")
    return [
      LabelledText(
        .init(same: "~"),
        .init(
          en: """
            cannot be told from zero at 95 %, all \(count) differences of this report kept in mind \
            (Holm\(rest))
            """,
          zh: "在95%水平上与零无法区分（已按Holm方法计入本报告全部\(count)个差值\(rest)）")),
      LabelledText(
        .init(same: "="),
        .init(
          en: "the same in every one of these trials, to the fen; what is rarer cannot be excluded",
          zh: "本次所有模拟均相同，分毫不差；不排除更罕见的差异")),
    ]
  }

  /// What a star means, with the trials that each marked row needs; `nil` if nothing is marked.
  private var unreliable: LocalizedText? {
    var needs: [(label: ReportCell, trials: Int)] = []
    var isMarked = false
    for row in tables.flatMap(\.rows) {
      let marked = row.flatMap(\.figures).filter { !$0.isReliable }
      isMarked = isMarked || !marked.isEmpty
      guard let label = row.first, let trials = marked.compactMap(\.trialsNeeded).max() else {
        continue
      }
      if let place = needs.firstIndex(where: { $0.label == label }) {
        needs[place].trials = max(needs[place].trials, trials)
      } else {
        needs.append((label, trials))
      }
    }
    guard isMarked else { return nil }
    let words = LocalizedText(
      en: "not known from these trials: too few bear on the figure, or lie beyond its level",
      zh: "本次模拟无法得知：与之有关的模拟，或超出该水平的模拟太少")
    guard !needs.isEmpty else { return words }
    let items = needs.prefix(12).map { need in
      let label = LocalizedText { CellText(language: $0, money: money).text(need.label) }
      let trials = NumberFormat.whole(need.trials)
      return LocalizedText(en: "\(label) needs \(trials)", zh: "“\(label)”需要\(trials)次")
    }.joined(with: .init(en: "; ", zh: "；"))
    return LocalizedText(
      en: "\(words). Trials that would tell, by row: \(items)", zh: "\(words)。各行所需模拟次数：\(items)")
  }
}
