-- Children who witnessed violence and were supported.
SELECT i.county AS place, a.period AS period, 'n' AS col, count(*) AS value
FROM register_child_witness r
JOIN asked a ON r.start BETWEEN a.first AND a.last
JOIN institutions i ON i.keeper = r.kept_by
WHERE true
GROUP BY ALL
