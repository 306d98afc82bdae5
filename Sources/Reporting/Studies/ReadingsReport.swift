import ClaimRules
import FundCore
import LossStatistics
public import Planning
import PolicyLibrary
public import ReportForm
import Simulation

/// What every open sentence of a programme is worth: the page that a drafting office prints.
public struct ReadingsReport: Sendable {
  /// The sentences with their readings.
  public let readings: ReadingsStudy

  /// Creates the report of a study.
  public init(_ readings: ReadingsStudy) { self.readings = readings }

  /// What the report says, without any format.
  public var report: Report {
    let study = readings.study
    let base = study.rows[0]
    let frame = StudyFrame(study, isOfFirst: true)
    var report = frame.opened(
      .init(en: "What the open sentences decide", zh: "未定条文的影响"),
      largest: max(base.fund.initial.yuan, base.estimates.compensation.mean.value))
    let composer = ReadingsComposer(readings: readings, money: report.money)
    report.headline = study.failedChecksNote
    report.sections =
      [composer.ranking]
      + composer.moving.enumerated().map {
        composer.part($1, number: $0 + 1)
      } + composer.others
    let tested = readings.sentences.flatMap(\.alternatives).flatMap(\.differences)
    return frame.closed(report, differences: [tested.count { !$0.isIdentical }])
  }

  /// The report for programs: one JSON object, as `Schemas/readings.schema.json` describes it.
  public func json() -> String { ReadingsJSON(readings: readings).value.text }
}

/// Puts the sections about sentences together.
struct ReadingsComposer {
  let readings: ReadingsStudy
  let money: MoneyScale

  var base: StudyRow { readings.study.rows[0] }

  /// Sentences that move an answer.
  var moving: [ReadingsStudy.Sentence] { readings.sentences.filter { $0.size > 0 } }

  /// What was done.
  private var opening: LocalizedText {
    let (fund, programme) = (readings.fund.name, readings.programme.title)
    return .init(
      en: """
        \(fund), under: \(programme). Every sentence that this text leaves open is read in each of its \
        ways, all else unchanged, on the same draws. Ranked by the largest move of any answer: percentage \
        points of a probability, or an amount as a part of the mean compensation (capital and worst cases: \
        of themselves). Amounts in \(money.name), differences of probabilities in points.
        """,
      zh: """
        \(fund)，适用《\(programme)》。对每处未定条文逐一采用其各种读法，其余不变，随机数相同。按结果的\
        最大变化排序：概率以百分点计，金额以占平均风险补偿的比例计（所需资本与最差情形以自身为准）。\
        金额单位\(money.name)，概率之差以百分点计。
        """)
  }

  // MARK: Names

  /// The number of a sentence in the log of readings, with its articles.
  private func source(_ sentence: ReadingsStudy.Sentence) -> LocalizedText {
    let id = sentence.interpretation.id
    guard !sentence.articles.isEmpty else { return .init(same: id) }
    let articles = sentence.articles.joined(separator: ", ")
    return .init(en: "\(id), Art. \(articles)", zh: "\(id)，\(chineseArticles(articles))")
  }

  /// The question that a sentence leaves open, and where it stands.
  func question(_ sentence: ReadingsStudy.Sentence) -> LocalizedText {
    let (question, source) = (sentence.interpretation.question, source(sentence))
    return .init(en: "\(question) (\(source))", zh: "\(question)（\(source)）")
  }

  /// The deciding words of the text.
  private func quotation(_ text: String) -> LocalizedText {
    text == "—"
      ? .init(en: "The text is silent.", zh: "原文未作规定。")
      : .init(en: "The text says: “\(text)”", zh: "原文：“\(text)”")
  }

  // MARK: The ranking

  var ranking: ReportSection {
    var section = ReportSection(
      .init(en: "Which sentence moves the answers", zh: "哪一条文影响结果"), charts: charts)
    section.lead = [.paragraph(opening)]
    section.body = [
      moving.isEmpty
        ? .paragraph(.init(en: "None can be told to move an answer.", zh: "没有条文能被判定影响结果。"))
        : .table(rankingTable)
    ]
    return section
  }

  private var rankingTable: FigureTable {
    var table = FigureTable(
      "ranking",
      heads: [
        .init(en: "sentence", zh: "条文"), .init(en: "answer that moves most", zh: "变化最大的结果"),
        .init(en: "in use", zh: "现用读法"), .init(en: "other", zh: "其他读法"),
        .init(en: "difference", zh: "差值"),
      ])
    for sentence in moving {
      guard let (alternative, difference) = leading(sentence),
        let now = base.value(difference.figure),
        let then = row(alternative)?.value(difference.figure)
      else { continue }
      let figure = difference.figure
      table.rows.append([
        .words(question(sentence)), .words(figure.name), .figure(figure.figure(now).bare),
        .figure(figure.figure(then).bare), .difference(difference),
      ])
    }
    return table
  }

  /// The reading of a sentence that moves an answer most, and how.
  func leading(
    _ sentence: ReadingsStudy.Sentence
  ) -> (ReadingsStudy.Alternative, FigureDifference)? {
    let found = sentence.alternatives.compactMap { item in item.largest.map { (item, $0) } }
    return found.max { ReadingsStudy.move($0.1, of: base) < ReadingsStudy.move($1.1, of: base) }
  }

  private func row(_ alternative: ReadingsStudy.Alternative) -> StudyRow? {
    alternative.row.flatMap { variant in
      readings.study.rows.first { $0.variant == variant }
    }
  }

  // MARK: A sentence

  func part(_ sentence: ReadingsStudy.Sentence, number: Int) -> ReportSection {
    let item = sentence.interpretation
    let figures = telling(sentence)
    var table = FigureTable(
      item.id.lowercased(), heads: [.init(en: "reading", zh: "读法")] + figures.map(\.name))
    table.rows.append(
      [.words(.init(en: "in use: \(sentence.usedText)", zh: "现用：\(sentence.usedText)"))]
        + figures.map { figure in
          base.value(figure).map { .figure(figure.figure($0).bare) } ?? .dash
        })
    for alternative in sentence.alternatives where alternative.refusal == nil {
      table.rows.append(
        [.words(alternative.text)]
          + figures.map { figure in
            .difference(alternative.differences.first { $0.figure == figure })
          })
    }
    let refusals = sentence.alternatives.compactMap { alternative in
      alternative.refusal.map { refusal in
        LocalizedText(
          en: "\(alternative.text): \(refusal.listed)", zh: "\(alternative.text)：\(refusal.listed)")
      }
    }
    let question = question(sentence)
    return ReportSection(
      .init(en: "\(number). \(question)", zh: "\(number). \(question)"),
      [.paragraph(quotation(item.words)), .table(table)]
        + (refusals.isEmpty
          ? []
          : [
            .subheading(
              .init(
                en: "Under these readings the scenario is not allowed", zh: "以下读法不允许本情景")),
            .list(refusals),
          ]))
  }

  /// The answers that a sentence moves most, at most four: one whose readings can be told apart.
  private func telling(_ sentence: ReadingsStudy.Sentence) -> [StudyFigure] {
    var sizes: [StudyFigure: Double] = [:]
    for difference in sentence.alternatives.flatMap(\.differences)
    where difference.verdict == .distinct {
      let size = ReadingsStudy.move(difference, of: base)
      if size >= ReadingsStudy.smallestMove {
        sizes[difference.figure] = max(sizes[difference.figure] ?? 0, size)
      }
    }
    let order = readings.figures
    let chosen = order.filter { sizes[$0] != nil }
      .sorted {
        (sizes[$1] ?? 0, order.firstIndex(of: $0) ?? 0) < (
          sizes[$0] ?? 0, order.firstIndex(of: $1) ?? 0
        )
      }
    return Array(chosen.prefix(4))
  }

  // MARK: Sentences that move nothing

  /// Sentences that move no answer, and those that a simulation cannot move.
  var others: [ReportSection] {
    let still = readings.sentences.filter { $0.size == 0 }.map(still)
    let settled = readings.settled.map(settled)
    var sections: [ReportSection] = []
    if !still.isEmpty {
      sections.append(
        ReportSection(
          .init(en: "Sentences that move no answer of this scenario", zh: "不影响本情景结果的条文"),
          [.list(still)]))
    }
    if !settled.isEmpty {
      sections.append(
        ReportSection(
          .init(en: "Sentences that a simulation cannot move", zh: "模拟无法改变的条文"),
          [.list(settled)]))
    }
    return sections
  }

  private func still(_ sentence: ReadingsStudy.Sentence) -> LocalizedText {
    let item = sentence.interpretation
    let readings = sentence.alternatives.map { alternative in
      let verdict = verdict(alternative)
      return LocalizedText(
        en: "“\(alternative.text)”: \(verdict)", zh: "“\(alternative.text)”：\(verdict)")
    }.joined(with: .init(en: "; ", zh: "；"))
    let note: LocalizedText =
      item.note.map { .init(en: " (\($0))", zh: "（\($0)）") } ?? .empty
    let (question, text) = (question(sentence), quotation(item.words))
    return .init(
      en: "\(question): \(text) \(readings)\(note)", zh: "\(question)：\(text)\(readings)\(note)")
  }

  private func verdict(_ alternative: ReadingsStudy.Alternative) -> LocalizedText {
    if let refusal = alternative.refusal {
      return .init(en: "not allowed: \(refusal.listed)", zh: "不允许：\(refusal.listed)")
    }
    if alternative.isIdentical {
      return .init(en: "identical in every trial", zh: "每次模拟均相同")
    }
    if alternative.differences.contains(where: { $0.verdict == .distinct }) {
      return .init(en: "less than one part in ten thousand", zh: "不足万分之一")
    }
    return .init(en: "no difference that can be told from zero", zh: "没有可与零区分的差值")
  }

  private func settled(_ sentence: ReadingsStudy.Sentence) -> LocalizedText {
    let note =
      sentence.interpretation.note
      ?? .init(
        en: "no other reading is offered: \(sentence.usedText)",
        zh: "未提供其他读法：\(sentence.usedText)")
    let question = question(sentence)
    return .init(en: "\(question): \(note)", zh: "\(question)：\(note)")
  }
}
