-- Who lived where on the last month of each period asked about, and how old they were then, in full years.
SELECT a.period AS period, m.person AS person, m.household AS household, m.keeper AS keeper, i.uat AS uat, i.kind AS kind,
       i.county AS county,
       CAST(substr(a.last, 1, 4) AS INTEGER) - CAST(substr(m.born, 1, 4) AS INTEGER)
         - CASE WHEN substr(m.born, 6, 2) > substr(a.last, 6, 2) THEN 1 ELSE 0 END AS age
FROM memberships m
JOIN asked a ON m.start <= a.last AND coalesce(m."end", '9999-12') >= a.last
JOIN institutions i ON i.keeper = m.keeper
