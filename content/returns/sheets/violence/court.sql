-- Protection orders by a court that began in the quarter.
SELECT i.county AS place, a.period AS period, 'n' AS col, count(*) AS value
FROM register_protection_order r
JOIN asked a ON r.start BETWEEN a.first AND a.last
JOIN institutions i ON i.keeper = r.kept_by
WHERE r.kind <> 'provisional' AND r.state NOT IN ('requested', 'refused')
GROUP BY ALL
