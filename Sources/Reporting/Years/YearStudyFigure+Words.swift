import FundCore
import LossStatistics
import Planning
import ReportForm
import Simulation

// Figures of years and groups' parts in words, as studies tell them.
extension YearStudyFigure {
  /// Its time in words.
  var when: LocalizedText {
    switch time {
    case .run: .init(en: "whole run", zh: "全期")
    case .calendar: .init(en: "\(number)", zh: "\(number)年")
    case .programme: .init(en: "year \(number) of the run", zh: "第\(number)年")
    }
  }

  /// What it is, without its time.
  var what: LocalizedText {
    switch kind {
    case .needsMoney: return .init(en: "needs money", zh: "需要投入的概率")
    case .odds(let indicator, let isAny):
      let name = indicator.figure.words
      return isAny
        ? .init(en: "odds of passing the limit on \(name), any month end", zh: "任一月末突破\(name)限额的概率")
        : .init(en: "odds of passing the limit on \(name)", zh: "突破\(name)限额的概率")
    case .figure(.budget, .quantile(let millionths)):
      let level = Level(millionths: millionths).words
      return .init(en: "to put in for \(level)", zh: "按\(level)保证需投入")
    case .figure(let figure, .mean): return .init(en: "\(figure.words)", zh: "\(figure.words)")
    case .figure(let figure, .quantile(500_000)):
      return .init(en: "\(figure.words), median", zh: "\(figure.words)中位数")
    case .figure(let figure, .quantile(let millionths)):
      let level = Level(millionths: millionths).words
      return .init(en: "\(figure.words) in \(level) at most", zh: "\(level)情形下不超过的\(figure.words)")
    case .figure(let figure, .worst):
      return .init(en: "\(figure.words), mean of the worst 1 %", zh: "\(figure.words)最差1%的均值")
    }
  }

  /// Its name within a sentence.
  var name: LocalizedText {
    if case .figure(let figure, .mean) = kind {
      return .init(en: "mean \(figure.words), \(when)", zh: "\(when)\(figure.words)均值")
    }
    return .init(en: "\(what), \(when)", zh: "\(when)\(what)")
  }
}

extension ContributionPart {
  /// Its name within a sentence.
  var name: LocalizedText {
    let (figure, trait, group) = (figure.words, by.words, isolated(group))
    return .init(
      en: "\(figure) of loans of \(trait) \(group)", zh: "\(trait)\(group)贷款的\(figure)")
  }
}
