/// The terminal report of `Fixture`, whose figures were held against its table by hand.
let approvedReport = """
  Risk report: Three loans, 三笔贷款
  ==================================

  Set against the programme's text
    - jiangzhou: fund.share = 50% in place of 40%. Reason: to have round figures

  Readings chosen in place of the programme's own
    - jiangzhou: I-16, literal: from the first loan on

  Taken for granted
    - every borrower is registered

  Warnings
    - only three loans

  What the answers hang on
    Every ± and every interval of this report is simulation error alone: none holds whether the
    probabilities of default, the correlation, the recoveries or the readings of the text are right
    ("What is not known"; `fundsim calibrate` and `uncertainty:` carry along what a history leaves
    open).
    Mean amounts are those of the trials: too few of them show what controls would bring.

  How long does the money last?
  -----------------------------

  The funds side by side (million yuan; their own parts have all intervals)
               lasts through           ever exhausted  compensation  in 99 %    mean of    capital for
    fund             2024-12          (95 % interval)   mean ± s.e.  at most  worst 1 %  95 % survival
    large           100.00 %       0.00 % (0.00–0.37)          1.5*      1.5       1.5*            1.1
    small, 小         0.00 %  100.00 % (99.63–100.00)         0.85*     0.85      0.85*            1.1

  Against large, on the same draws, mean ± s.e. (million yuan)
    fund       exhaustion, % points  compensation  banks' losses
    small, 小    100.0 (99.1–100.0)        -0.65*          0.65*

  What is not known
  -----------------
    How far each thing that is not known may move the answer, the others left as they are. The ranges
    do not add up: each stands for itself.
    lasts through 2024-12                      from (%)  to (%)
    large                                           100     100
    · simulation (95 % interval)                  99.63     100
    · parameters (5–95 % over the draws)       not told
    · readings of the text                          100     100
    · law of dependence                   not looked at
    small, 小                                         0       0
    · simulation (95 % interval)                      0    0.37
    · parameters (5–95 % over the draws)       not told
    · readings of the text                            0       0
    · law of dependence                   not looked at
    - Simulation: how another run would come out, with other draws of the parameters where there are
      any; more trials, and more draws, make it narrow. They change nothing of the others.
    - Parameters: the probabilities and the correlation are taken as right, and no interval here holds
      whether they are. `fundsim calibrate HISTORY` finds what a yearly table of defaults leaves open;
      `uncertainty:` in the scenario carries it along.
    - Law of dependence: the time was over before others were looked at.

  large
  -----

  The rules, with their articles
    programme         江州市风险补偿办法
    operating model   bank
    initial amount    1.2 million yuan
    shares of a loss  fund 50% (Art. 4), bank the rest (Art. 5)
    claim             2 months after the first overdue month
    cap               none

  Cover
    condition that
    loans fail           article  loans  principal (million yuan)
    covered when made                 3                         3
    a patent is pledged   Art. 2      0                         0

  Survival by year (balance: million yuan)
    end of           survival (95 % interval)  balance 5 %  balance 50 %  balance 95 %
    year 1, 2024-12   100.00 % (99.63–100.00)       0.3004        0.3004        0.3004
    ever exhausted  0.00 % (0.00–0.37) of trials within 12 months
    lasts           12.00 (11.96–12.00) of 12 months on average

  Payouts over the whole run (million yuan)
                        compensation  left unpaid  needed capital
    mean                        1.5*           0*            1.1*
    standard deviation            0*           0*              0*
    50 %                         1.5            0             1.1
    95 %                         1.5            0             1.1
    99 %                         1.5            0             1.1
    99.9 %                      1.5*           0*            1.1*
    mean beyond 95 %            1.5*           0*            1.1*
    mean beyond 99 %            1.5*           0*            1.1*
    mean beyond 99.9 %          1.5*           0*            1.1*

  Defaults of the portfolio, and management fees (million yuan)
                        defaults (number)  management fees
    mean                               3*          0 exact
    standard deviation                 0*                0
    50 %                                3                0
    95 %                                3                0
    99 %                                3                0
    99.9 %                             3*                0
    mean beyond 95 %                   3*          0 exact
    mean beyond 99 %                   3*          0 exact
    mean beyond 99.9 %                 3*          0 exact

  What comes back and what is left: little is bad (million yuan)
                          returned to the fund  interest   closing balance    lowest balance
    mean                                  0.6*   0 exact              0.3*              0.1*
    standard deviation                      0*         0                0*                0*
    50 %                                   0.6         0               0.3               0.1
    5 %                                    0.6         0               0.3               0.1
    1 %                                    0.6         0               0.3               0.1
    0.1 %                                 0.6*         0              0.3*              0.1*
    mean of lowest 5 %           0.6 (0.0–0.6)   0 exact  0.30 (0.00–0.30)  0.10 (0.00–0.10)
    mean of lowest 1 %           0.6 (0.0–0.6)   0 exact  0.30 (0.00–0.30)  0.10 (0.00–0.10)
    mean of lowest 0.1 %                  0.6*   0 exact              0.3*              0.1*

  Initial amount that lasts through the run (million yuan)
    probability  initial amount (95 % interval)
    50 %                                    1.1
    80 %                                    1.1
    90 %                                    1.1
    95 %                                    1.1
    99 %                                    1.1
    99.5 %                                 1.1*
    99.9 %                                 1.1*

  Thresholds: probability that a bank ever reaches one (95 % interval)
    - warning: at 20%, warning (Art. 9). Ratio: compensation owed ÷ disbursed. Reading: at every claim
    bank                      warning  warning: means at the breach
    甲银行    100.00 % (99.63–100.00)                       0.5 / 2
    Bank B    100.00 % (99.63–100.00)                       0.5 / 1
    any bank  100.00 % (99.63–100.00)

  Losses after recoveries, by who bears them (million yuan)
    party                   mean  std. dev.  95 %  99 %
    fund                    0.9*         0*   0.9   0.9
    bank                    0.9*         0*   0.9   0.9
    bank, outside cover  0 exact          0     0     0

  small, 小
  ---------

  The rules, with their articles
    programme         江州市风险补偿办法
    operating model   bank
    initial amount    450 thousand yuan
    shares of a loss  fund 50% (Art. 4), bank the rest (Art. 5)
    claim             2 months after the first overdue month
    cap               none

  Cover
    condition that
    loans fail           article  loans  principal (million yuan)
    covered when made                 3                         3
    a patent is pledged   Art. 2      0                         0

  Survival by year (balance: million yuan)
    end of           survival (95 % interval)  balance 5 %  balance 50 %  balance 95 %
    year 1, 2024-12        0.00 % (0.00–0.37)      0.20011       0.20011       0.20011
    ever exhausted       100.00 % (99.63–100.00) of trials within 12 months
    lasts                4.00 (3.99–4.03) of 12 months on average
    if exhausted, lasts  4.00 (3.99–4.03) months on average
    1 % of trials        last no longer than 4 months
    5 % of trials        last no longer than 4 months
    25 % of trials       last no longer than 4 months
    50 % of trials       last no longer than 4 months
    75 % of trials       last no longer than 4 months

  Payouts over the whole run (million yuan)
                        compensation  left unpaid  needed capital
    mean                       0.85*        0.65*            1.1*
    standard deviation            0*           0*              0*
    50 %                        0.85         0.65             1.1
    95 %                        0.85         0.65             1.1
    99 %                        0.85         0.65             1.1
    99.9 %                     0.85*        0.65*            1.1*
    mean beyond 95 %           0.85*        0.65*            1.1*
    mean beyond 99 %           0.85*        0.65*            1.1*
    mean beyond 99.9 %         0.85*        0.65*            1.1*

  Defaults of the portfolio, and management fees (million yuan)
                        defaults (number)  management fees
    mean                               3*          0 exact
    standard deviation                 0*                0
    50 %                                3                0
    95 %                                3                0
    99 %                                3                0
    99.9 %                             3*                0
    mean beyond 95 %                   3*          0 exact
    mean beyond 99 %                   3*          0 exact
    mean beyond 99.9 %                 3*          0 exact

  What comes back and what is left: little is bad (million yuan)
                          returned to the fund  interest   closing balance  lowest balance
    mean                                  0.6*   0 exact              0.2*              0*
    standard deviation                      0*         0                0*              0*
    50 %                                   0.6         0               0.2               0
    5 %                                    0.6         0               0.2               0
    1 %                                    0.6         0               0.2               0
    0.1 %                                 0.6*         0              0.2*              0*
    mean of lowest 5 %           0.6 (0.0–0.6)   0 exact  0.20 (0.00–0.20)               0
    mean of lowest 1 %           0.6 (0.0–0.6)   0 exact  0.20 (0.00–0.20)               0
    mean of lowest 0.1 %                  0.6*   0 exact              0.2*              0*

  Initial amount that lasts through the run (million yuan)
    probability  initial amount (95 % interval)
    50 %                                    1.1
    80 %                                    1.1
    90 %                                    1.1
    95 %                                    1.1
    99 %                                    1.1
    99.5 %                                 1.1*
    99.9 %                                 1.1*

  Thresholds: probability that a bank ever reaches one (95 % interval)
    - warning: at 20%, warning (Art. 9). Ratio: compensation owed ÷ disbursed. Reading: at every claim
    bank                      warning  warning: means at the breach
    甲银行    100.00 % (99.63–100.00)                       0.5 / 2
    Bank B    100.00 % (99.63–100.00)                       0.5 / 1
    any bank  100.00 % (99.63–100.00)

  Losses after recoveries, by who bears them (million yuan)
    party                   mean  std. dev.  95 %  99 %
    fund                   0.25*         0*  0.25  0.25
    bank                    1.6*         0*  1.55  1.55
    bank, outside cover  0 exact          0     0     0

  Portfolio
  ---------
    loans from      tape.csv
    loans           3 of 2 banks to 3 enterprises, 3 million yuan
    rows set aside  1,234: no start date
    defaults        independent, assessed at maturity

  Self-checks
  -----------
    money conserved, to the fen        in every trial
    loss = all parties, to the fen     in every trial
    needed capital and payments agree  in every trial
    defaults a trial                   simulated 3*, expected 3.0000
    defaults in each month             as expected; 2024-03 deviates most, by 0.0 standard errors of
                                       5.4 allowed
    claims after the horizon           0 a trial, left out
    recoveries after the horizon       0 a trial, left out

  Signs
  -----
    x ± e    a mean or a difference, and its standard error, where 25 trials and more bear on it
    x (a–b)  a figure and its 95 % interval
    x exact  nothing random moves it, by the rules of the fund
    *        not known from these trials: too few bear on the figure, or lie beyond its level. Trials
             that would tell, by row: large needs 51,000; small, 小 needs 51,000; mean needs 51,000;
             99.9 % needs 10,000; mean beyond 95 % needs 51,000; mean beyond 99 % needs 51,000; mean
             beyond 99.9 % needs 51,000; 0.1 % needs 10,000; mean of lowest 0.1 % needs 51,000; 99.5 %
             needs 2,000; fund needs 51,000; bank needs 51,000

  Provenance
  ----------
    program    fundsim 1.2.3
    scenario   scenarios/three-loans/scenario.yaml
    digest     c0ffee
    seed       1
    trials     1,000
    programme  江州市风险补偿办法 (jiangzhou), checked against its text on 2024-01-15

  """
