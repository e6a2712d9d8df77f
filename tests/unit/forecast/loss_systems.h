// What mathematics says of the small systems that the simulator is held to: formulas where there
// are any, else the exact Markov chain.
#pragma once

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <cmath>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace vfstock::sim::forecast::known {

/// The loss of `erlang` on `places` (Erlang, 1917).
inline double erlang_b(double erlang, int places) {
  double loss = 1;
  for (int n = 1; n <= places; ++n) loss = erlang * loss / (n + erlang * loss);
  return loss;
}

struct Kind {
  int size = 1;
  double erlang = 1;
};

/// The loss of each kind on one hypervisor (Kaufman, 1981; Roberts, 1981).
inline std::vector<double> kaufman_roberts(const std::vector<Kind>& kinds, int places) {
  std::vector<double> occupied{1};
  for (int n = 1; n <= places; ++n) {
    double sum = 0;
    for (const Kind& kind : kinds) {
      if (kind.size <= n) {
        sum += kind.erlang * kind.size * occupied[static_cast<std::size_t>(n - kind.size)];
      }
    }
    occupied.push_back(sum / n);
  }
  double total = 0;
  for (const double share : occupied) total += share;
  std::vector<double> losses;
  for (const Kind& kind : kinds) {
    double refused = 0;
    for (int n = std::max(0, places - kind.size + 1); n <= places; ++n) {
      refused += occupied[static_cast<std::size_t>(n)];
    }
    losses.push_back(refused / total);
  }
  return losses;
}

/// VPSes of each kind on each hypervisor: [hypervisor][kind].
using State = std::vector<std::vector<int>>;
/// Where a VPS of this kind goes; -1: it is refused.
using Admission = std::function<int(const State&, std::size_t kind)>;

/// The loss of each kind from the stationary law of the whole chain; lives have mean 1.
inline std::vector<double> markov_loss(const std::vector<Kind>& kinds, std::size_t hypervisors,
                                       const Admission& admit) {
  std::map<State, Eigen::Index> numbers;
  std::vector<State> states{State(hypervisors, std::vector<int>(kinds.size(), 0))};
  numbers[states.front()] = 0;
  struct Arrow {
    Eigen::Index from, to;
    double rate;
  };
  std::vector<Arrow> arrows;
  for (std::size_t n = 0; n < states.size(); ++n) {
    const State here = states[n];
    const auto go = [&](const State& there, double rate) {
      const auto [found, is_new] = numbers.emplace(there, static_cast<Eigen::Index>(states.size()));
      if (is_new) states.push_back(there);
      arrows.push_back({static_cast<Eigen::Index>(n), found->second, rate});
    };
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      const int host = admit(here, kind);
      if (host >= 0) {
        State there = here;
        ++there[static_cast<std::size_t>(host)][kind];
        go(there, kinds[kind].erlang);
      }
      for (std::size_t h = 0; h < hypervisors; ++h) {
        if (here[h][kind] == 0) continue;
        State there = here;
        --there[h][kind];
        go(there, here[h][kind]);
      }
    }
  }
  const auto count = static_cast<Eigen::Index>(states.size());
  Eigen::MatrixXd balance = Eigen::MatrixXd::Zero(count, count);
  for (const Arrow& arrow : arrows) {
    balance(arrow.to, arrow.from) += arrow.rate;
    balance(arrow.from, arrow.from) -= arrow.rate;
  }
  balance.row(0).setOnes();
  const Eigen::VectorXd law =
      balance.partialPivLu().solve(Eigen::VectorXd::Unit(count, Eigen::Index{0}));
  std::vector<double> losses(kinds.size(), 0);
  for (std::size_t n = 0; n < states.size(); ++n) {
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      if (admit(states[n], kind) < 0) losses[kind] += law[static_cast<Eigen::Index>(n)];
    }
  }
  return losses;
}

/// The moment by which the increasing `probability` reaches p.
inline double moment_of(const std::function<double(double)>& probability, double p) {
  double low = 0, high = 1e6;
  for (int halving = 0; halving < 200; ++halving) {
    const double middle = (low + high) / 2;
    (probability(middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// P(the k-th customer has come by then), one a day.
inline double erlang_cumulated(int k, double days) {
  double term = std::exp(-days), below = 0;
  for (int n = 0; n < k; ++n) {
    below += term;
    term *= days / (n + 1);
  }
  return 1 - below;
}

/// P(a population that begins with `running` has filled `places` by then): customers come at
/// `rate`, each stays for `life` on average. The chain is reversible, so its generator is similar
/// to a symmetric matrix.
class BirthAndDeath {
 public:
  BirthAndDeath(int running, int places, double rate, double life) : running_(running) {
    Eigen::VectorXd diagonal(places), beside(places - 1);
    log_balance_.resize(places);
    log_balance_[0] = 0;
    for (int n = 0; n < places; ++n) {
      diagonal[n] = -(rate + n / life);
      if (n + 1 == places) break;
      beside[n] = std::sqrt(rate * (n + 1) / life);
      log_balance_[n + 1] = log_balance_[n] + std::log(rate * life / (n + 1));
    }
    solver_.computeFromTridiagonal(diagonal, beside);
  }
  double filled_by(double days) const {
    const auto& vectors = solver_.eigenvectors();
    const Eigen::VectorXd decay = (solver_.eigenvalues() * days).array().exp();
    double alive = 0;
    for (Eigen::Index n = 0; n < log_balance_.size(); ++n) {
      const double there =
          (vectors.row(running_).array() * decay.transpose().array() * vectors.row(n).array())
              .sum();
      alive += there * std::exp((log_balance_[n] - log_balance_[running_]) / 2);
    }
    return 1 - alive;
  }

 private:
  Eigen::Index running_;
  Eigen::VectorXd log_balance_;
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver_;
};

}  // namespace vfstock::sim::forecast::known
