-- Measures in force on the last month of each period: the child, the kind, the age, the code of the service in which
-- the place is, and whether a private provider runs it.
SELECT a.period AS period, r.about AS child, r.kind AS kind, r.kept_by AS keeper,
       i.county AS county, max(l.age) AS age,
       coalesce(bool_or(s.is_private), false) AS is_private, max(s.code) AS code
FROM register_protection_measure r
JOIN asked a ON r.start <= a.last AND coalesce(r."end", '9999-12') >= a.last
JOIN institutions i ON i.keeper = r.kept_by
JOIN place p ON p.county = i.county
LEFT JOIN lives l ON l.person = r.about AND l.period = a.period
LEFT JOIN (
  SELECT service, bool_or(provider_kind IN ('ngo', 'private', 'church')) AS is_private, max(code) AS code
  FROM services GROUP BY service
) AS s ON CAST(s.service AS VARCHAR) = r.place
WHERE r.state IN ('in_force', 'ended')
GROUP BY a.period, r.about, r.kind, r.kept_by, i.county
