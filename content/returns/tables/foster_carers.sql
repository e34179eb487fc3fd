-- Foster carers whose attestation holds on the last month of each year.
SELECT 'carers' AS line, a.period AS period, r.kept_by AS keeper, count(DISTINCT r.about) AS value
FROM register_foster_attestation r
JOIN asked a ON r.start <= a.last AND coalesce(r."end", '9999-12') >= a.last
JOIN institutions i ON i.keeper = r.kept_by
JOIN place p ON p.county = i.county
WHERE r.state IN ('valid', 'suspended', 'renewing')
GROUP BY ALL
