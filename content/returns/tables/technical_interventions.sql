-- Repairs by the quarter in which they began and by what was broken; and in how many dwellings.
SELECT line, period, count(DISTINCT what) AS value
FROM (
  SELECT a.period AS period, r.kind AS line, CAST(row_number() OVER () AS VARCHAR) AS what
  FROM register_repair r
  JOIN asked a ON r.start BETWEEN a.first AND a.last
  JOIN institutions i ON i.keeper = r.kept_by
  JOIN place p ON p.county = i.county
  UNION ALL
  SELECT a.period, 'dwellings', r.about
  FROM register_repair r
  JOIN asked a ON r.start BETWEEN a.first AND a.last
  JOIN institutions i ON i.keeper = r.kept_by
  JOIN place p ON p.county = i.county
) AS made
GROUP BY ALL
