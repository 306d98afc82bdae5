import Charts
public import FundCore
import LossStatistics
import Simulation

/// Puts the web page of a run together.
struct PageComposer {
  let report: RiskReport
  let words: ReportWords
  let language: Language

  var estimates: RiskEstimates { report.estimates }
  var composer: ReportComposer { ReportComposer(report: report, words: words) }
  var figures: ReportFigures { composer.figures }
  /// The last month of the run.
  var lastMonth: CivilMonth { estimates.firstMonth.advanced(by: estimates.horizon - 1) }

  func text(_ english: EnglishHalf, _ chinese: ChineseHalf) -> String {
    LocalizedText(en: english, zh: chinese)[language]
  }

  /// All that the template takes.
  var contents: PageContents {
    let provenance = report.provenance
    let notes = composer.notes
    return [
      "lang": language == .chinese ? "zh-Hans" : "en",
      "generator": "fundsim \(provenance.engine)",
      "style": PageTemplate.style, "patterns": ChartStyle.patterns,
      "kind": text("Risk report of a compensation fund", "风险补偿基金风险报告"),
      "title": provenance.scenario.title,
      "facts": facts,
      "hasNotes": !notes.isEmpty,
      "notesTitle": text(
        "Read this first: what departs from the text, and what was taken for granted",
        "先读这里：与文件条文的差异、以及默认的前提"),
      "notes": notes.map(\.contents),
      "hasAnswers": true,
      "answersTitle": text("The answers", "主要结论"),
      "cards": estimates.funds.indices.map { card($0) },
      "sections": sections,
      "footer": text(
        """
        Made by fundsim \(provenance.engine). This page needs no network and holds no \
        script.
        """,
        "由 fundsim \(provenance.engine) 生成。本页无需联网，不含脚本。"),
    ]
  }

  /// What was run, in a line.
  private var facts: [String] {
    let trials = NumberFormat.whole(estimates.trialCount)
    let seed = "\(report.provenance.seed)"
    return [
      text(
        "\(estimates.firstMonth) to \(lastMonth), \(estimates.horizon) months",
        "\(estimates.firstMonth) 至 \(lastMonth)，共 \(estimates.horizon) 个月"),
      text("\(trials) trials, seed \(seed)", "\(trials) 次模拟，种子 \(seed)"),
      report.provenance.scenario.path,
    ]
  }

  private var sections: [PageContents] {
    var sections = [
      section(
        text("How long does the money last?", "资金能撑多久？"),
        figures: [survivalFigure, sizeFigure] + sharingFigures,
        rest: HeadlineNotes(report: report).blocks(in: language) + comparison)
    ]
    sections += estimates.funds.indices.map { fund($0) }
    sections.append(
      section(words[.portfolio], rest: Array(composer.portfolio.dropFirst())))
    sections.append(
      section(
        words[.checks], rest: Array(composer.closing.dropFirst())))
    return sections
  }

  /// The table of the funds and of their differences; nothing for a single fund.
  private var comparison: [ReportBlock] {
    guard report.funds.count > 1, case .heading(let title)? = composer.comparison.first else {
      return []
    }
    return [.subheading(title)] + composer.comparison.dropFirst()
  }

  func section(
    _ title: String, lead: [ReportBlock] = [], figures: [PageFigure] = [],
    rest: [ReportBlock] = [], more: [ReportBlock] = []
  ) -> PageContents {
    let tableTitle = text("The figures of this chart", "图中数据")
    return [
      "title": title, "hasLead": !lead.isEmpty, "lead": lead.map(\.contents),
      "figures": figures.map { $0.contents(tableTitle: tableTitle) },
      "hasRest": !rest.isEmpty, "rest": rest.map { Self.demoted($0).contents },
      "isFund": !more.isEmpty, "hasMore": !more.isEmpty,
      "moreTitle": text("All figures of this fund, with their errors", "该基金的全部数据及误差"),
      "more": more.map { Self.demoted($0).contents },
    ]
  }

  /// A block within a section: headings come after that of the section.
  private static func demoted(_ block: ReportBlock) -> ReportBlock {
    if case .heading(let text) = block { .subheading(text) } else { block }
  }

  private func fund(_ index: Int) -> PageContents {
    let fund = estimates.funds[index]
    let composer = FundComposer(
      fund: fund, description: report.funds[index], otherReadings: report.otherReadings[index],
      estimates: estimates, figures: figures,
      inputs: InputLine.further(ofFund: index, report.provenance))
    let lead = [
      ReportBlock.subheading(text("The rules, with their articles", "规则及其条款依据")),
      .pairs(composer.terms),
    ]
    return section(
      fund.name, lead: lead,
      figures: [balanceFigure(index), payoutFigure(index)] + thresholdFigures(index)
        + [lossFigure(index)],
      rest: composer.cover,
      more: composer.survival + composer.payouts + composer.capital + composer.thresholds
        + composer.parties + composer.outside + composer.accounts)
  }

  // MARK: Cards

  private func card(_ index: Int) -> PageContents {
    let fund = estimates.funds[index]
    let description = report.funds[index]
    let survival = fund.survival.last ?? fund.exhaustion
    let interval = Self.interval(of: figures.probability(survival))
    return [
      "style": index % ChartStyle.styleCount,
      "name": fund.name,
      "subtitle":
        """
      \(description.programmeTitle[language]) · \
      \(words.name(ofModel: description.operatingModel)) · 
      """
        + ReportFigures.amount(fund.initial, words: words),
      "big": figures.probability(survival, withInterval: false),
      "what": text("lasts through \(lastMonth)", "撑到 \(lastMonth) 月底的概率"),
      "error": text("95 % interval: \(interval)", "95% 区间：\(interval)"),
      "unit": text("in \(figures.unitName)", "单位：\(figures.unitName)"),
      "rows": cardRows(fund) + readingRows(index),
      "verdict": verdict(fund),
    ]
  }

  /// What stands in the brackets of a figure with its interval.
  private static func interval(of text: String) -> String {
    guard let open = text.lastIndex(where: { "(（".contains($0) }),
      text.last.map({ ")）".contains($0) }) == true
    else { return text }
    return String(text[text.index(after: open)...].dropLast())
  }

  /// The readings that move the fund's headline, each with its answers.
  private func readingRows(_ index: Int) -> [PageContents] {
    let notes = HeadlineNotes(report: report)
    return report.headlineReadings.filter { $0.fund == index }.map { reading in
      let label = text(
        "under \(reading.interpretation) \(reading.other.reading)",
        "按 \(reading.interpretation) \(reading.other.reading)")
      return ["label": label, "text": notes.answers(reading.other, reading)[language]]
    }
  }

  private func cardRows(_ fund: FundEstimates) -> [PageContents] {
    var rows: [(String, String)] = [
      (
        text("pays on average", "平均补偿"),
        figures.mean(fund.compensation.mean)
      )
    ]
    if let value = fund.paid(.percent(99)) {
      rows.append(
        (text("99 of 100 pay at most", "99% 的模拟不超过"), figures.quantile(value)))
    }
    if let worst = fund.worstPaid(.percent(99)) {
      rows.append(
        (text("worst 1 of 100, mean", "最差 1% 的平均"), figures.mean(worst.estimate)))
    }
    if let capital = fund.capital(.percent(95)) {
      rows.append(
        (text("needed to last with 95 %", "95% 足额所需资金"), figures.quantile(capital)))
    }
    let worst = fund.thresholds.max { $0.anyBank.ever.successes < $1.anyBank.ever.successes }
    if let worst {
      rows.append(
        (
          text("any bank reaches “\(worst.id)”", "任一银行触及“\(worst.id)”"),
          figures.probability(worst.anyBank.ever)
        ))
    }
    return rows.map { ["label": $0.0, "text": $0.1] }
  }
}

extension RiskReport {
  /// The report as a web page: one file that opens without a network and holds no script.
  ///
  /// - Throws: Nothing, unless the program itself is broken: its template cannot be read.
  public func page(language: Language) throws -> String {
    let composer = PageComposer(report: self, words: ReportWords(language), language: language)
    return try PageTemplate.rendered(composer.contents)
  }
}
