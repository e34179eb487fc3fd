-- People who are violent, who began a programme.
SELECT i.county AS place, a.period AS period, 'n' AS col, count(*) AS value
FROM register_aggressor_programme r
JOIN asked a ON r.start BETWEEN a.first AND a.last
JOIN institutions i ON i.keeper = r.kept_by
WHERE r.state <> 'refused'
GROUP BY ALL
