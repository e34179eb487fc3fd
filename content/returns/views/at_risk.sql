-- Children at risk of separation in each period, with the household where they live.
SELECT DISTINCT l.period AS period, l.person AS person, l.household AS household, l.keeper AS keeper, l.uat AS uat,
       l.county AS county, l.kind AS kind, coalesce(h.single, false) AS single
FROM register_separation_risk r
JOIN asked a ON r.start <= a.last AND coalesce(r."end", '9999-12') >= a.first
JOIN lives l ON l.person = r.about AND l.period = a.period
LEFT JOIN homes h ON h.household = l.household AND h.period = l.period
