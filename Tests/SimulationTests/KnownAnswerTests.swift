import CompensationKernel
import RandomStreams
import Testing

@testable import Simulation

/// What a program is asked when it starts, to tell engines that compute differently apart.
@Suite struct KnownAnswerTests {
  @Test func `the same engine gives the same word`() {
    #expect(knownAnswers() == knownAnswers())
  }

  @Test func `one bit of one answer changes the word`() {
    func word(_ numbers: [Double]) -> UInt64 {
      var answers = AnswerWord()
      for number in numbers { answers.add(number) }
      return answers.word
    }
    #expect(word([1, 2, 3]) != word([1, (2.0).nextUp, 3]))
    #expect(word([1, 2, 3]) != word([2, 1, 3]))
    #expect(word([0, 0]) != word([0]))
  }

  /// A clause that no known claim meets could change unseen.
  @Test func `every fund pays, gets back and is short in some model, and every clause is met`() {
    var paid = Set<String>()
    var returned = Set<String>()
    var unpaid = Set<String>()
    var breached = Set<String>()
    var laws = Set<String>()
    for model in KnownModel.all {
      let factors = model.factors
      laws.insert(
        "\(factors.dependence) \(factors.assetCorrelations.count) \(model.timing)")
      let result = simulate(model.plan, threads: 1)
      #expect(result.funds.count == KnownModel.fundCount)
      for fund in result.funds {
        func happens(_ column: OutcomeColumn) -> Bool { fund.column(column).contains { $0 > 0 } }
        #expect(happens(.defaults))
        if happens(.compensation) { paid.insert(fund.plan.name) }
        if happens(.returned) { returned.insert(fund.plan.name) }
        if happens(.unpaid) { unpaid.insert(fund.plan.name) }
        for index in fund.thresholdNames.indices
        where fund.firstBreaches(threshold: index, slot: nil).contains(where: { $0 >= 0 }) {
          breached.insert(fund.thresholdNames[index])
        }
      }
    }
    #expect(paid.count == KnownFunds.rules.count && returned.count == KnownFunds.rules.count)
    #expect(unpaid.count >= 6)
    let denominators = RatioDenominator.allCases.count { $0.fundMeasure == nil }
    #expect(breached.count == (RatioNumerator.allCases.count - 1) * denominators)
    #expect(laws.count == 8)
  }
}
