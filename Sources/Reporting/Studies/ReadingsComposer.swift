import CompensationKernel
import FundCore
import LossStatistics
import Planning
import PolicyLibrary
import Simulation

/// Puts the page together that a drafting office prints.
struct ReadingsComposer {
  let readings: ReadingsStudy
  let words: StudyWords

  init(readings: ReadingsStudy, language: Language) {
    self.readings = readings
    let base = readings.study.rows[0]
    words = StudyWords(
      language, for: max(base.fund.initial.yuan, base.estimates.compensation.mean.value))
  }

  private var language: Language { words.language }
  private var base: StudyRow { readings.study.rows[0] }

  var blocks: [ReportBlock] {
    let study = readings.study
    let closing = StudyClosing(
      provenances: study.provenances.prefix(1).compactMap(\.self), trialCount: study.trialCount,
      runCount: study.runCount,
      words: words)
    var blocks: [ReportBlock] = [
      .title(
        words("What the open sentences decide: ", "未定条文的影响：")
          + readings.programme.title[language])
    ]
    blocks += closing.departures + overview
    for (place, sentence) in moving.enumerated() { blocks += part(sentence, number: place + 1) }
    blocks += still + settled
    return blocks + words.signs(level: testedCount) + closing.origin
  }

  /// Sentences that move an answer, and those that do not.
  var moving: [ReadingsStudy.Sentence] { readings.sentences.filter { $0.size > 0 } }

  private var testedCount: Int {
    readings.sentences.flatMap(\.alternatives).flatMap(\.differences).count { !$0.isIdentical }
  }

  // MARK: The ranking

  private var overview: [ReportBlock] {
    var table = ReportTable(heads: [
      words("sentence", "条文"), words("answer that moves most", "变化最大的结果"), words("in use", "现用读法"),
      words("other", "其他读法"), words("difference", "差值"),
    ])
    for sentence in moving {
      guard let (alternative, difference) = leading(sentence),
        let now = base.value(difference.figure),
        let then = row(alternative)?.value(difference.figure)
      else { continue }
      let isProbability = difference.figure.isProbability
      table.rows.append([
        heading(sentence), difference.figure.name[language],
        words.figure(now, isProbability: isProbability, withError: false),
        words.figure(then, isProbability: isProbability, withError: false),
        words.difference(difference),
      ])
    }
    let fund = readings.fund
    return [
      .paragraph(
        words(
          "\(fund.name): every sentence that the text leaves open is read in each of its ways, all else "
            + "unchanged, on the same draws. Ranked by the largest move of any answer: percentage points "
            + "of a probability, or an amount as a part of the mean compensation (capital and worst cases: "
            + "of themselves). Amounts in \(words.unitName), differences of probabilities in points.",
          "\(fund.name)：对每处未定条文逐一采用其各种读法，其余不变，随机数相同。按结果的最大变化排序：概率以百分点计，"
            + "金额以占平均风险补偿的比例计（所需资本与极端情形以自身为准）。金额单位\(words.unitName)，概率之差以百分点计。")),
      .heading(words("Which sentence moves the answers", "哪一条文影响结果")),
      moving.isEmpty
        ? .paragraph(words("None can be told to move an answer.", "没有条文能被判定影响结果。"))
        : .table(table),
    ]
  }

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

  func heading(_ sentence: ReadingsStudy.Sentence) -> String {
    guard !sentence.articles.isEmpty else { return sentence.interpretation.id }
    let articles = sentence.articles.joined(separator: ", ")
    return words(
      "\(sentence.interpretation.id) (Art. \(articles))",
      "\(sentence.interpretation.id)（\(chineseArticles(articles))）")
  }

  // MARK: A sentence

  private func part(_ sentence: ReadingsStudy.Sentence, number: Int) -> [ReportBlock] {
    let item = sentence.interpretation
    let figures = telling(sentence)
    var table = ReportTable(
      heads: [words("reading", "读法")] + figures.map { words.head($0.name[language]) })
    table.rows.append(
      [words("in use: ", "现用：") + sentence.usedText[language]]
        + figures.map { figure in
          base.value(figure).map {
            words.figure($0, isProbability: figure.isProbability, withError: false)
          } ?? "–"
        })
    var refusals: [String] = []
    for alternative in sentence.alternatives {
      if let refusal = alternative.refusal {
        refusals.append(
          alternative.text[language] + words.colon
            + refusal.problems.map { $0.message[language] }.joined(separator: words.semicolon))
        continue
      }
      table.rows.append(
        [alternative.text[language]]
          + figures.map { figure in
            alternative.differences.first { $0.figure == figure }.map { words.difference($0) }
              ?? "–"
          })
    }
    var blocks: [ReportBlock] = [
      .heading("\(number). \(heading(sentence)): \(item.question[language])"),
      .paragraph(quotation(item.words)),
      .table(table),
    ]
    if !refusals.isEmpty {
      blocks += [
        .subheading(words("Under these readings the scenario is not allowed", "以下读法不允许本情景")),
        .list(refusals),
      ]
    }
    return blocks
  }

  /// The deciding words of the text.
  private func quotation(_ text: String) -> String {
    text == "—"
      ? words("The text is silent.", "原文未作规定。") : words("The text says: “\(text)”", "原文：“\(text)”")
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

  private var still: [ReportBlock] {
    let items = readings.sentences.filter { $0.size == 0 }.map { sentence in
      let parts = sentence.alternatives.map {
        words("“\($0.text[language])”: ", "“\($0.text[language])”：") + verdict($0)
      }
      let note = sentence.interpretation.note.map { " (\($0[language]))" } ?? ""
      return "\(heading(sentence)): \(sentence.interpretation.question[language]) "
        + quotation(sentence.interpretation.words) + " " + parts.joined(separator: "; ") + note
    }
    guard !items.isEmpty else { return [] }
    return [
      .heading(words("Sentences that move no answer of this scenario", "不影响本情景结果的条文")),
      .list(items),
    ]
  }

  private func verdict(_ alternative: ReadingsStudy.Alternative) -> String {
    if let refusal = alternative.refusal {
      return words("not allowed: ", "不允许：")
        + refusal.problems.map { $0.message[language] }.joined(separator: "; ")
    }
    if alternative.isIdentical {
      return words("identical in every trial", "每次模拟均相同")
    }
    if alternative.differences.contains(where: { $0.verdict == .distinct }) {
      return words("less than one part in ten thousand", "不足万分之一")
    }
    return words("no difference that can be told from zero", "没有可与零区分的差值")
  }

  private var settled: [ReportBlock] {
    let items = readings.settled.map { sentence in
      let note =
        sentence.interpretation.note?[language]
        ?? words("no other reading is offered: ", "未提供其他读法：") + sentence.usedText[language]
      return "\(heading(sentence)): \(sentence.interpretation.question[language]) \(note)"
    }
    guard !items.isEmpty else { return [] }
    return [
      .heading(words("Sentences that a simulation cannot move", "模拟无法改变的条文")), .list(items),
    ]
  }
}
