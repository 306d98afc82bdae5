import CompensationKernel
import FundCore
import PolicyLibrary

/// A scenario that runs a draft under each of its operating models, with comments for somebody who has never written one.
struct StarterScenario {
  let name: NewName
  /// The programme that the draft was made from; the draft has its terms.
  let like: PolicyDocument
  let language: Language

  private var terms: CompensationTerms { like.terms }

  private func say(_ text: LocalizedText) -> String { text[language] }

  /// The file.
  var text: String { head + loans + risks + funds }

  // MARK: Dates

  /// The first month whose 15th lies in force.
  private var start: CivilMonth {
    guard case .date(let day) = terms.inForce.start else { return CivilMonth(ordinal: 2026 * 12) }
    return day.month.middle >= day ? day.month : day.month.advanced(by: 1)
  }

  /// How many months the programme is in force; three years where its text sets no end.
  private var monthsInForce: Int {
    switch terms.inForce.end {
    case .months(let count): min(max(count, 1), 120)
    case .date(let day): min(max(day.month.ordinal - start.ordinal, 1), 120)
    case .open: 36
    }
  }

  // MARK: Parts

  private var head: String {
    let period = LocalizedText(
      en: "\(monthsInForce) months of lending, two years of run-off",
      zh: "放款\(monthsInForce)个月，结清两年")
    return """
      # \(say(.init(en: "\(name.title): a draft like \(like.id), with invented loans. Change what is yours.", zh: "\(name.title)：仿照 \(like.id) 的草案，贷款为虚构。请改成自己的情况。")))
      #
      # \(say(.init(en: "Is all in order?", zh: "检查：")))  fundsim check \(folder)
      # \(say(.init(en: "Run it:", zh: "运行：")))  fundsim run \(folder)
      # \(say(.init(en: "Other values without changing the file:", zh: "不改文件而另设取值："))) \
      fundsim run \(folder) --set defaults.assetCorrelation=0.2
      title: \(quoted(say(.init(en: "\(name.title), a draft like \(like.id)", zh: "\(name.title)，仿照 \(like.id) 的草案"))))
      start: \(start)            # \(say(.init(en: "month 0 of the run", zh: "第0个月")))
      horizon: \(monthsInForce + 24) months        # \(say(period))
      trials: 20000
      seed: 1                   # \(say(.init(en: "the same seed gives the same results, to the last bit", zh: "同一种子，结果逐位相同")))


      """
  }

  /// The folder as the comments name it.
  private var folder: String { name.title.contains(" ") ? "'\(name.title)'" : name.title }

  private func quoted(_ text: String) -> String {
    "'\(text.replacing("'", with: "''"))'"
  }

  private var loans: String {
    let banks = say(
      .init(en: "{Bank A: 50%, Bank B: 30%, Bank C: 20%}", zh: "{甲银行: 50%, 乙银行: 30%, 丙银行: 20%}"))
    return """
      portfolio:
        # \(say(.init(en: "Real loans in place of these: `tape: loans.csv` (or .xlsx), one row a loan.", zh: "换成真实贷款：写 `tape: loans.csv`（或 .xlsx），每笔一行。")))
        generate:               # \(say(.init(en: "invented loans of invented banks", zh: "虚构的贷款，银行名亦为虚构")))
          seed: 1
          months: \(monthsInForce)            # \(say(.init(en: "how long lending goes on", zh: "放款持续的月数")))
          loansPerMonth: 8
          banks: \(banks)
          sizes: {micro: 35%, small: 50%, medium: 15%}
          amounts:              # \(say(.init(en: "in yuan; 万 is ten thousand", zh: "单位为元，可写“万”")))
            micro: {from: 30万, to: 100万}
            small: {from: 80万, to: 300万}
            medium: {from: 100万, to: 300万}
          roundTo: 5万
          terms: {6 months: 25%, 12 months: 75%}
          grades: {A: 40%, B: 42%, C: 18%}
          collateral: {patent: 85%, trademark: 15%}
          ipPart: {100%: 70%, 60%: 30%}     # \(say(.init(en: "the part of a loan that is pledged on IP", zh: "贷款中由知识产权质押的部分")))
          repayment: {bullet: 80%, equalPrincipal: 20%}
          rate: 4.35%
          renewals: 30%         # \(say(.init(en: "of the loans that are repaid, for as long again", zh: "到期还清后续贷的比例")))
        facts: met              # \(say(.init(en: "conditions of cover that no column states count as met", zh: "没有对应列的补偿条件均视为满足")))


      """
  }

  private var risks: String {
    """
    defaults:                 # \(say(.init(en: "from your own years: fundsim calibrate TABLE.csv", zh: "可由自有历史得出：fundsim calibrate 表.csv")))
      timing: monthly
      dependence: gaussian
      assetCorrelation: 0.12  # \(say(.init(en: "how much good and bad years are shared", zh: "各企业同好同坏的程度")))
      factor: {period: year, persistence: 0.4}
      grades: {A: 1.5%, B: 3%, C: 8%}   # \(say(.init(en: "annual probability of default", zh: "年违约概率")))

    recovery:
      mean: 35%
      standardDeviation: 20%
      lag: {from: 12, to: 24} # \(say(.init(en: "months from the claim", zh: "补偿后的月数")))
      writeOffMonths: 24      # \(say(.init(en: "how long principal counts as overdue", zh: "本金计为逾期的月数")))


    """
  }

  private var funds: String {
    let title = LocalizedText(
      en: "one for each operating model that the draft allows", zh: "草案允许的每种运作模式各一只")
    let items = OperatingModel.ordered(terms.models.keys).map(fund)
    return "funds:                    # \(say(title))\n" + items.joined()
  }

  private func fund(_ model: OperatingModel) -> String {
    var lines = [
      "name: \(quoted(model.words[language]))", "programme: \(name.programmeFile)",
      "model: \(model.id)",
    ]
    switch terms.fund.initial.value {
    case .exactly(let amount):
      lines.append(
        "# " + say(.init(en: "initial: the draft fixes \(amount)", zh: "初始资金：草案定为\(amount)")))
    case .atLeast(let amount):
      lines.append(
        "initial: \(amount.fen / 100)  # "
          + say(.init(en: "the least that the draft asks for", zh: "草案要求的最低额")))
    case .scenario:
      lines.append(
        "initial: 1000万  # " + say(.init(en: "the draft leaves it open", zh: "草案未定")))
    }
    if case .scenario = terms.inForce.start {
      lines.append(
        "start: \(start)  # " + say(.init(en: "the draft takes effect", zh: "草案自此施行")))
    }
    if terms.claim.delayMonths.value == nil {
      lines.append(
        "claimDelay: 3 months  # "
          + say(.init(en: "from overdue to claim; the draft names none", zh: "逾期至补偿申请，草案未规定")))
    }
    if terms.fund.interestStays?.value ?? false {
      lines.append(
        "interestRate: 1.5%  # " + say(.init(en: "interest stays in the fund", zh: "利息留在基金内")))
    }
    return "  - " + lines.joined(separator: "\n    ") + "\n"
  }
}
