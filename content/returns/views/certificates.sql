-- Certificates of disability in force on the last month of each period.
SELECT l.period AS period, r.about AS person, r.grade AS grade, r.kind AS kind, r.kept_by AS keeper, l.age AS age
FROM register_disability_certificate r
JOIN asked a ON r.start <= a.last AND coalesce(r."end", '9999-12') >= a.last
JOIN lives l ON l.person = r.about AND l.period = a.period
JOIN place p ON p.county = l.county
WHERE r.state IN ('issued', 'contested') AND l.age IS NOT NULL
