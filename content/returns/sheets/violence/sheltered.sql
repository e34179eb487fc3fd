-- Emergency stays that began in the quarter.
SELECT i.county AS place, a.period AS period, 'n' AS col, count(*) AS value
FROM register_emergency_stay r
JOIN asked a ON r.start BETWEEN a.first AND a.last
JOIN institutions i ON i.keeper = r.kept_by
WHERE r.state IN ('staying', 'left')
GROUP BY ALL
