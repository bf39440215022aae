# Rscript paired.R FILE A B: the paired difference of two strategies with its interval, by R's own t-test.
# FILE is the table "replications" of results.sqlite as CSV.
arguments <- commandArgs(trailingOnly = TRUE)
replications <- read.csv(arguments[1])
loss_of <- function(name) {
  rows <- replications[replications$strategy == name, ]
  rows$final_loss[order(rows$replication)]
}
test <- t.test(loss_of(arguments[2]), loss_of(arguments[3]), paired = TRUE)
cat(sprintf("%s - %s: %.5f (%.5f to %.5f)\n", arguments[2], arguments[3],
            test$estimate, test$conf.int[1], test$conf.int[2]))
