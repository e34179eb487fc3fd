-- Households with an open case in the quarter, and the different people who lived in them: somebody who moved from one
-- family to another counts once.
SELECT part.line AS line, period, keeper, count(DISTINCT CASE part.line WHEN 'households' THEN household ELSE person END) AS value
FROM (
  SELECT DISTINCT a.period AS period, w.household AS household, m.person AS person, w.kept_by AS keeper
  FROM case_work w
  JOIN asked a ON w.start <= a.last AND coalesce(w."end", '9999-12') >= a.first
  JOIN institutions i ON i.keeper = w.kept_by
  JOIN place p ON p.county = i.county
  JOIN memberships m ON m.household = w.household AND m.start <= a.last AND coalesce(m."end", '9999-12') >= a.first
) AS lived
JOIN (VALUES ('households'), ('persons')) AS part(line) ON true
GROUP BY ALL
