# Writes p-adjust.reference.json:  Rscript p-adjust.R > ../p-adjust.reference.json
set.seed(20210711)
num <- function(x) paste0("[", paste(formatC(x, digits = 17, format = "g"), collapse = ", "), "]")
inputs <- list(
  c(0.01, 0.02, 0.03, 0.04, 0.05),
  c(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1),
  c(0, 1, 1, 0.5, 0.5, 1e-300, 0.049, 0.051),
  c(0.04),
  round(runif(60)^3, 3),
  runif(200)^2
)
cases <- character()
for (p in inputs) for (extra in c(0, 7)) {
  n <- length(p) + extra
  adjusted <- sapply(p.adjust.methods, function(m) paste0('"', m, '": ', num(p.adjust(p, m, n))))
  cases <- c(cases, paste0('{"p": ', num(p), ', "tests": ', n, ', ', paste(adjusted, collapse = ', '), '}'))
}
cat('{"source": "', R.version.string, ', p.adjust(p, method, n), script p-adjust.R",\n "cases": [\n', paste(cases, collapse = ",\n"), "\n]}\n", sep = "")
