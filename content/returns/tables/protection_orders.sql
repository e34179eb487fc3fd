-- Protection orders by the quarter in which they began; what was asked for or refused is none.
SELECT CASE r.kind WHEN 'provisional' THEN 'provisional' ELSE 'court' END AS line, a.period AS period,
       r.kept_by AS keeper, count(*) AS value
FROM register_protection_order r
JOIN asked a ON r.start BETWEEN a.first AND a.last
JOIN institutions i ON i.keeper = r.kept_by
JOIN place p ON p.county = i.county
WHERE r.state NOT IN ('requested', 'refused')
GROUP BY ALL
