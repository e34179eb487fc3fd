-- By month: who answers for cases, how many, what was done, and the papers that were made from the record. The hours
-- spared follow from the assumption of this table alone.
WITH work AS (
  SELECT a.period AS period, count(DISTINCT w.worker) AS workers, count(DISTINCT w."case") AS cases
  FROM case_work w
  JOIN asked a ON w.start <= a.last AND coalesce(w."end", '9999-12') >= a.first
  JOIN institutions i ON i.keeper = w.kept_by
  JOIN place p ON p.county = i.county
  GROUP BY a.period
), done AS (
  SELECT a.period AS period, count(*) AS contacts, sum(n.minutes) / 60.0 AS hours
  FROM interventions n
  JOIN asked a ON n.month BETWEEN a.first AND a.last
  JOIN institutions i ON i.keeper = n.kept_by
  JOIN place p ON p.county = i.county
  GROUP BY a.period
), written AS (
  SELECT a.period AS period, sum(d.papers) AS papers
  FROM papers d
  JOIN asked a ON d.month BETWEEN a.first AND a.last
  JOIN institutions i ON i.keeper = d.kept_by
  JOIN place p ON p.county = i.county
  GROUP BY a.period
)
SELECT part.line AS line, a.period AS period,
       CASE part.line
         WHEN 'workers' THEN coalesce(w.workers, 0)
         WHEN 'cases' THEN coalesce(w.cases, 0)
         WHEN 'per_worker' THEN round(w.cases * 1.0 / nullif(w.workers, 0), 1)
         WHEN 'contacts' THEN coalesce(d.contacts, 0)
         WHEN 'hours' THEN round(coalesce(d.hours, 0), 0)
         WHEN 'papers' THEN coalesce(t.papers, 0)
         ELSE round(coalesce(t.papers, 0) * s.amount / 60.0, 0)
       END AS value
FROM asked a
JOIN (VALUES ('workers'), ('cases'), ('per_worker'), ('contacts'), ('hours'), ('papers'), ('saved')) AS part(line) ON true
JOIN assumed s ON s.key = 'minutes_a_paper'
LEFT JOIN work w ON w.period = a.period
LEFT JOIN done d ON d.period = a.period
LEFT JOIN written t ON t.period = a.period
