-- Foster carers whose attestation holds on the last month of the quarter.
SELECT i.county AS place, a.period AS period, 'n' AS col, count(DISTINCT r.about) AS value
FROM register_foster_attestation r
JOIN asked a ON r.start <= a.last AND coalesce(r."end", '9999-12') >= a.last
JOIN institutions i ON i.keeper = r.kept_by
WHERE r.state IN ('valid', 'suspended', 'renewing')
GROUP BY ALL
