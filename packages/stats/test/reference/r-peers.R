# What R's own functions say, printed as JSON: matched pairs, strata and agreement.
#
# Run: Rscript test/reference/r-peers.R > test/r-peers.reference.json   (R 4.2, vcd 1.4, coin 1.4)

suppressMessages({library(vcd); library(coin)})
number <- function(x) sprintf("%.17g", unname(as.numeric(x)))
numbers <- function(x) if (length(x) == 1) number(x) else paste0("[", paste(number(x), collapse = ", "), "]")
entry <- function(call, value) cat(sprintf("  \"%s\": %s%s\n", call, numbers(value), ","))
square <- function(x, k) matrix(x, k, k, byrow = TRUE)
strata <- function(...) { l <- list(...); array(unlist(lapply(l, function(x) square(x, 2))), c(2, 2, length(l))) }

cat("{\n")
cat(sprintf("  \"source\": \"test/reference/r-peers.R, R %s, vcd %s, coin %s\",\n", getRversion(), packageVersion("vcd"), packageVersion("coin")))

opinion <- square(c(20, 10, 5, 3, 30, 15, 0, 5, 40), 3)
sparse <- square(c(20, 10, 0, 4, 3, 30, 0, 7, 0, 0, 0, 0, 1, 2, 0, 9), 4)
pairs <- square(c(794, 86, 150, 570), 2)
entry("mcnemar", c(mcnemar.test(pairs, correct = FALSE)$statistic, mcnemar.test(pairs, correct = FALSE)$p.value))
entry("mcnemar corrected", c(mcnemar.test(pairs)$statistic, mcnemar.test(pairs)$p.value))
entry("mcnemar exact", c(binom.test(86, 236)$p.value, binom.test(86, 236, alternative = "less")$p.value, binom.test(86, 236, alternative = "greater")$p.value))
entry("bowker", c(mcnemar.test(opinion)$statistic, mcnemar.test(opinion)$p.value))
entry("stuart-maxwell", c(statistic(mh_test(as.table(opinion))), pvalue(mh_test(as.table(opinion)))))
unused <- sparse[-3, -3]
entry("stuart-maxwell without unused category", statistic(mh_test(as.table(unused))))

cases <- strata(c(5, 32, 1, 4), c(19, 7, 24, 3), c(7, 13, 10, 6), c(19, 6, 11, 8))
zero <- strata(c(0, 32, 1, 4), c(19, 7, 24, 3), c(7, 13, 10, 6), c(19, 6, 11, 8))
entry("woolf", c(woolf_test(cases)$statistic, woolf_test(cases)$p.value))
entry("woolf with a zero", c(woolf_test(zero)$statistic, woolf_test(zero)$p.value))
entry("cmh less", c(mantelhaen.test(cases, correct = FALSE, alternative = "less")$p.value, mantelhaen.test(cases, alternative = "greater")$p.value))

three <- array(c(10, 9, 7, 8, 16, 7, 1, 6, 9, 8, 8, 1, 8, 34, 7, 2, 1, 1, 17, 1, 2, 20, 1, 1, 18, 4, 11), c(3, 3, 3))
entry("cmh general", c(mantelhaen.test(three)$statistic, mantelhaen.test(three)$p.value))
named <- as.table(three)
dimnames(named) <- list(x = c("a", "b", "c"), y = c("d", "e", "f"), z = c("g", "h", "i"))
means <- cmh_test(named, scores = list(y = 1:3))
entry("cmh row means", c(statistic(means), pvalue(means)))
trend <- lbl_test(named, scores = list(x = c(0, 1, 5), y = c(1, 2, 4)))
entry("cmh correlation", c(statistic(trend)^2, pvalue(trend)))

raters <- square(c(53, 5, 2, 11, 14, 5, 1, 6, 3), 3)
for (weights in c("Equal-Spacing", "Fleiss-Cohen")) {
  kappa <- Kappa(raters, weights)
  entry(paste("kappa", weights), c(kappa$Unweighted, kappa$Weighted))
}
cat("  \"end\": 0\n}\n")
