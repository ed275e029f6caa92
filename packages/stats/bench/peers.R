# Times R on the work of the benchmarks; prints seconds of processor time by key as JSON. index.ts runs it where Rscript is installed.
median.seconds <- function(f, calls = 1) {
  for (i in 1:3) f()
  median(replicate(7, sum(system.time(for (k in seq_len(calls)) f())[c("user.self", "sys.self")]) / calls))
}
set.seed(1)
m <- matrix(c(40, 22, 55, 74), 2)
job <- matrix(c(1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11), 4)
p <- runif(1e6)
x <- sample.int(4, 1e7, TRUE)
y <- sample.int(5, 1e7, TRUE)
times <- list(
  "chi-squared 2x2" = median.seconds(function() chisq.test(m, correct = FALSE)$p.value, 2000),
  "chi-squared 4x4" = median.seconds(function() suppressWarnings(chisq.test(job))$p.value, 2000),
  "BH" = median.seconds(function() p.adjust(p, "BH")),
  "holm" = median.seconds(function() p.adjust(p, "holm")),
  "hommel 3000" = median.seconds(function() p.adjust(p[1:3000], "hommel")),
  "crosstab" = median.seconds(function() tabulate(x + 4L * (y - 1L), 20)),
  "fisher p 191" = median.seconds(function() fisher.test(m, conf.int = FALSE)$p.value, 500),
  "fisher test 191" = median.seconds(function() fisher.test(m)$p.value, 200),
  "odds ratio 191" = median.seconds(function() fisher.test(m)$conf.int, 200),
  "exact mantel-haenszel" = median.seconds(function() mantelhaen.test(UCBAdmissions, exact = TRUE)$p.value, 100),
  "monte carlo 4x4" = median.seconds(function() chisq.test(job, simulate.p.value = TRUE, B = 1e4)$p.value)
)
cat("{", paste(sprintf('"%s": %.6g', names(times), unlist(times)), collapse = ", "), "}\n")
