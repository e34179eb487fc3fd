-- Adoptions that were approved: entries of the register in that state, by the year of their last step known.
SELECT 'approved' AS line, a.period AS period, r.kept_by AS keeper, count(*) AS value
FROM register_adoption r
JOIN asked a ON coalesce(r."end", r.start) BETWEEN a.first AND a.last
JOIN institutions i ON i.keeper = r.kept_by
JOIN place p ON p.county = i.county
WHERE r.state IN ('approved', 'closed')
GROUP BY ALL
