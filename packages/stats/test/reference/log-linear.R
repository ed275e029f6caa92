# Writes log-linear.reference.json:  Rscript log-linear.R > ../log-linear.reference.json
num <- function(x) paste0("[", paste(formatC(as.vector(x), digits = 17, format = "g"), collapse = ", "), "]")
names <- c("row", "column", "stratum")
tables <- list(
  array(c(512, 89, 313, 19, 353, 17, 207, 8, 120, 202, 205, 391, 138, 131, 279, 244, 53, 94, 138, 299, 22, 24, 351, 317), c(2, 2, 6)),
  array(c(10, 9, 7, 8, 16, 7, 1, 6, 9, 8, 8, 1, 8, 34, 7, 2, 1, 1), c(3, 3, 2)),
  array(c(32, 11, 10, 3, 53, 50, 25, 15, 10, 10, 7, 7, 3, 30, 5, 8), c(4, 4)),
  array(c(5, 0, 3, 1, 8, 0), c(2, 3))
)
models <- list(list(1, 2, 3), list(c(1, 2), 3), list(c(1, 3), c(2, 3)), list(c(1, 2), c(1, 3), c(2, 3)), list(c(1, 2, 3)), list(1, c(2, 3)))
cases <- character()
for (x in tables) for (model in models) {
  d <- length(dim(x))
  if (d == 2) { model <- unique(lapply(model, function(t) t[t <= 2])); model <- model[lengths(model) > 0] }
  fit <- loglin(x, model, fit = TRUE, eps = 1e-13, iter = 100000, print = FALSE)
  data <- cbind(expand.grid(lapply(dim(x), function(n) factor(seq_len(n)))), count = as.vector(x))
  formula <- as.formula(paste("count ~", paste(sapply(model, function(t) paste(paste0("Var", t), collapse = "*")), collapse = "+")))
  glm <- suppressWarnings(glm(formula, poisson, data, epsilon = 1e-15, maxit = 200))
  slices <- if (d == 2) list(x) else lapply(seq_len(dim(x)[3]), function(k) x[, , k])
  fits <- if (d == 2) list(fit$fit) else lapply(seq_len(dim(x)[3]), function(k) fit$fit[, , k])
  json <- function(list) paste0("[", paste(sapply(list, function(m) paste0("[", paste(apply(m, 1, num), collapse = ", "), "]")), collapse = ", "), "]")
  terms <- paste0("[", paste(sapply(model, function(t) paste0("[", paste0('"', names[t], '"', collapse = ", "), "]")), collapse = ", "), "]")
  cases <- c(cases, paste0('{"strata": ', json(slices), ', "terms": ', terms, ', "deviance": ', formatC(fit$lrt, digits = 17, format = "g"),
    ', "pearson": ', if (is.nan(fit$pearson)) 'null' else formatC(fit$pearson, digits = 17, format = "g"), ', "degreesOfFreedom": ', fit$df, ', "akaike": ', formatC(AIC(glm), digits = 17, format = "g"),
    ', "fitted": ', json(fits), '}'))
}
cat('{"source": "', R.version.string, ', loglin(eps = 1e-13), AIC(glm(poisson)), script log-linear.R",\n "cases": [\n', paste(unique(cases), collapse = ",\n"), "\n]}\n", sep = "")
