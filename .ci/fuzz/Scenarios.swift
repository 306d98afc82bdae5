/// The scenario whose tape is fuzzed.
let tapeScenario = """
  title: tape
  start: 2024-01
  horizon: 36 months
  trials: 2
  seed: 1
  portfolio:
    tape: tape.csv
    columns:
      id: id
      bank: bank
      start: start
      term: term
      principal: principal
      grade: grade
      enterprise: enterprise
    constants:
      model: bank
      size: small
      collateral: patent
      ipPart: 100%
      repayment: bullet
      sector: all
      rate: 4.5%
    facts: {others: met}
    badRows: setAside
  defaults:
    timing: monthly
    dependence: gaussian
    assetCorrelation: 0.12
    factor: {period: year}
    grades: {A: 2%, B: 6%}
  recovery: {mean: 35%, standardDeviation: 20%, lag: {from: 6, to: 12}, writeOffMonths: 24}
  funds:
    - {name: f, programme: dalian-hitech-2022, model: bank, initial: 500万, claimDelay: 0 months}
  """

/// The scenario whose checkpoints are fuzzed.
let generatedScenario = """
  title: small
  start: 2024-01
  horizon: 12 months
  trials: 40
  seed: 1
  portfolio:
    generate:
      seed: 1
      months: 6
      loansPerMonth: 3
      banks: {a: 60%, b: 40%}
      sizes: {micro: 100%}
      amounts: {micro: {from: 30万, to: 100万}}
      terms: {6 months: 100%}
      collateral: patent
      ipPart: 100%
      repayment: bullet
      rate: 4.5%
      renewals: 0%
    facts: met
  defaults:
    timing: monthly
    dependence: gaussian
    assetCorrelation: 0.12
    factor: {period: year}
    pd: 20%
  recovery: {mean: 35%, standardDeviation: 20%, lag: {from: 1, to: 3}, writeOffMonths: 24}
  funds:
    - {name: f, programme: dalian-hitech-2022, model: bank, initial: 50万, claimDelay: 0 months}
  """

/// The terms by which ledgers are fuzzed: the columns of scenarios/baotou/register.csv.
let ledgerTerms = """
  title: ledger
  opening: 2024-01
  register:
    columns:
      id: id
      bank: bank
      start: start
      term: term
      principal: principal
      overdueDate: overdueDate
      lossPrincipal: lossPrincipal
      recovered: recovered
      recoveredDate: recoveredDate
    constants:
      {model: bank, size: small, collateral: patent, ipPart: 100%, repayment: bullet, rate: 4%}
    facts: {others: met}
    badRows: setAside
  """
