# Reference values of proportion tests and power from R: writes ../proportions.reference.json.
# Run: Rscript test/reference/proportions.R   (R 4.2.2, package stats only)
options(digits = 17)
number <- function(x) if (is.infinite(x)) "null" else formatC(x, digits = 17, format = "g")
vector <- function(x) paste0("[", paste(vapply(x, number, ""), collapse = ", "), "]")
quoted <- function(x) paste0('"', x, '"')
rows <- function(name, entries) paste0(quoted(name), ": [\n", paste(entries, collapse = ",\n"), "\n]")
sides <- c("two.sided", "less", "greater")
ours <- c(two.sided = "two-sided", less = "less", greater = "greater")

binomial <- character()
for (case in list(c(0, 1, 0.5), c(0, 20, 0.1), c(20, 20, 0.9), c(3, 10, 0.2), c(7, 20, 0.5), c(62, 191, 0.25), c(161, 191, 0.8), c(682, 925, 0.75),
                  c(5, 100000, 1e-4), c(500300, 1000000, 0.5), c(12, 12, 0.3), c(4, 8, 0.5), c(50, 1000, 0.1), c(300, 1000, 0.1))) {
  for (side in sides) for (level in c(0.9, 0.99)) {
    test <- binom.test(case[1], case[2], case[3], alternative = side, conf.level = level)
    binomial <- c(binomial, sprintf('{"x": %s, "n": %s, "p": %s, "alternative": %s, "level": %s, "pValue": %s, "interval": %s}',
      number(case[1]), number(case[2]), number(case[3]), quoted(ours[[side]]), number(level), number(test$p.value), vector(test$conf.int)))
  }
}

proportion <- character()
add <- function(x, n, p, side, level, correct) {
  test <- suppressWarnings(prop.test(x, n, p, alternative = side, conf.level = level, correct = correct))
  proportion <<- c(proportion, sprintf('{"x": %s, "n": %s, "p": %s, "alternative": %s, "level": %s, "correction": %s, "statistic": %s, "df": %s, "pValue": %s, "interval": %s}',
    vector(x), vector(n), if (is.null(p)) "null" else vector(p), quoted(ours[[side]]), number(level), quoted(if (correct) "yates" else "none"),
    number(unname(test$statistic)), number(unname(test$parameter)), number(test$p.value), if (is.null(test$conf.int)) "null" else vector(test$conf.int)))
}
for (side in sides) for (correct in c(TRUE, FALSE)) for (level in c(0.9, 0.99)) {
  for (case in list(c(0, 10, 0.3), c(10, 10, 0.7), c(15, 25, 0.5), c(13, 25, 0.52), c(62, 191, 0.25), c(1, 1000, 0.001), c(499, 1000, 0.5)))
    add(case[1], case[2], case[3], side, level, correct)
  for (case in list(list(c(40, 22), c(95, 96)), list(c(0, 5), c(10, 12)), list(c(5, 5), c(10, 10)), list(c(3, 4), c(11, 13)), list(c(1, 900), c(1000, 1000)),
                    list(c(15, 25), c(50, 50)), list(c(8000, 8100), c(20000, 20000))))
    add(case[[1]], case[[2]], NULL, side, level, correct)
}
for (correct in c(TRUE, FALSE)) {
  add(c(83, 90, 129, 70), c(86, 93, 136, 82), NULL, "two.sided", 0.95, correct)
  add(c(83, 90, 129, 70), c(86, 93, 136, 82), c(0.95, 0.95, 0.95, 0.9), "two.sided", 0.95, correct)
  add(c(15, 20), c(50, 60), c(0.3, 0.35), "two.sided", 0.95, correct)
}

power <- character()
for (p in list(c(0.5, 0.75), c(0.42, 0.23), c(0.01, 0.03), c(0.9, 0.99))) for (n in c(5, 50, 333.3)) for (alpha in c(0.05, 0.001))
  for (side in c("two.sided", "one.sided")) for (strict in c(TRUE, FALSE)) {
    value <- power.prop.test(n = n, p1 = p[1], p2 = p[2], sig.level = alpha, alternative = side, strict = strict)$power
    power <- c(power, sprintf('{"p": %s, "n": %s, "level": %s, "alternative": %s, "strict": %s, "power": %s}',
      vector(p), number(n), number(alpha), quoted(sub("two.sided", "two-sided", sub("one.sided", "one-sided", side))), if (strict) "true" else "false", number(value)))
  }

# Fisher's test rejects or not on every table, and every table has its probability.
enumerated <- character()
for (case in list(list(c(0.5, 0.9), c(12, 15)), list(c(0.2, 0.6), c(20, 20)), list(c(0.1, 0.4), c(9, 30)))) for (side in sides) {
  p <- case[[1]]; n <- case[[2]]; total <- 0
  for (a in 0:n[1]) for (b in 0:n[2])
    if (fisher.test(matrix(c(a, b, n[1] - a, n[2] - b), 2), alternative = side, conf.int = FALSE)$p.value <= 0.05)
      total <- total + dbinom(a, n[1], p[1]) * dbinom(b, n[2], p[2])
  enumerated <- c(enumerated, sprintf('{"p": %s, "n": %s, "alternative": %s, "power": %s}', vector(p), vector(n), quoted(ours[[side]]), number(total)))
}

writeLines(paste0("{\n", paste(c(paste0('"source": ', quoted(paste(R.version.string, "stats: binom.test, prop.test, power.prop.test, fisher.test; test/reference/proportions.R"))),
  rows("binomial", binomial), rows("proportion", proportion), rows("power", power), rows("fisherPower", enumerated)), collapse = ",\n"), "\n}"),
  "test/proportions.reference.json")
