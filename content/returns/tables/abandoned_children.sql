-- Children left in hospitals, by the year in which they were found there and by where they came to.
SELECT CASE r.destination WHEN 'foster' THEN 'amp' WHEN 'residential' THEN 'rezidential_dizabilitate'
                          WHEN 'other_family' THEN 'alte_familii' ELSE 'other' END AS line,
       a.period AS period, r.kept_by AS keeper, count(*) AS value
FROM register_hospital_child r
JOIN asked a ON r.start BETWEEN a.first AND a.last
JOIN institutions i ON i.keeper = r.kept_by
JOIN place p ON p.county = i.county
GROUP BY ALL
