-- Children whose parents are abroad in each period, by who left, and whether a measure protects them.
SELECT DISTINCT a.period AS period, r.about AS person, l.household AS household, l.uat AS uat, l.county AS county,
       l.keeper AS keeper, CASE WHEN r.who_left IN ('mother', 'father') THEN 'one' ELSE r.who_left END AS who,
       m.about IS NOT NULL AS protected
FROM register_parents_abroad r
JOIN asked a ON r.start <= a.last AND coalesce(r."end", '9999-12') >= a.first
JOIN lives l ON l.person = r.about AND l.period = a.period
LEFT JOIN register_protection_measure m
  ON m.about = r.about AND m.state = 'in_force' AND m.start <= a.last AND coalesce(m."end", '9999-12') >= a.first
WHERE r.state <> 'gone'
