public import FundCore
import ScenarioInput

/// What the runs of a study share: trial k of each has the same draws where their addresses are the same.
public struct SharedDraws: Sendable, Hashable {
  /// Whether all runs have one seed; otherwise they share nothing.
  public let hasOneSeed: Bool
  /// The number of loans of each run.
  public let loans: [Int]
  /// How many loans stand in every run, by id, or by content where there is none.
  public let common: Int

  /// - Parameter scenarios: One of each run.
  init(_ scenarios: [Scenario]) {
    hasOneSeed = Set(scenarios.map(\.seed)).count <= 1
    let all = scenarios.map { Set($0.portfolio.loans.map(\.identity)) }
    loans = scenarios.map(\.portfolio.loans.count)
    common = all.dropFirst().reduce(all.first ?? []) { $0.intersection($1) }.count
  }

  /// Whether all runs have the same loans.
  public var hasSameLoans: Bool { loans.allSatisfy { $0 == common } }

  /// What is shared and what is not, in words.
  public var words: LocalizedText {
    guard hasOneSeed else {
      return .init(
        en: """
          These rows come from runs with different seeds, which share no draws: nothing cancels, and their \
          differences have the error of independent runs.
          """,
        zh: "各行出自种子不同的运行，没有共同的随机数：无法抵消，差值的误差与独立运行相同。")
    }
    guard !hasSameLoans else {
      return .init(
        en: """
          Rows of different runs share the systematic factors and, loan by loan, the recovery draws. Which \
          loans default they share only as far as the loans' probabilities and assessments are the same.
          """,
        zh: "不同运行的各行共用系统性因子，并逐笔共用追偿随机数；哪些贷款违约，只在违约概率和评估时点相同时才共用。")
    }
    let counts = loans.map { "\($0)" }
    return .init(
      en: """
        The portfolios differ: they have \(counts.joined(separator: ", ")) loans, of which \(common) stand in \
        each. Shared are the systematic factors and, by id (or by content where there is none), the recoveries \
        of these loans. Not shared is which loans default: that depends on all loans that are drawn together, \
        so that one loan more or less can move the defaults of others. What this adds is in the errors.
        """,
      zh: """
        各组合的贷款不同：分别为\(counts.joined(separator: "、"))笔，其中\(common)笔各组合都有。共用的是系统性因子，\
        以及这些贷款（按编号；没有编号的按内容）的追偿随机数。不共用的是哪些贷款违约：这取决于一起抽取的全部贷款，\
        多一笔或少一笔都可能改变其他贷款的违约；由此增加的误差已计入标准误。
        """)
  }
}
