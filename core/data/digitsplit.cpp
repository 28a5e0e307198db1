#include "core/base/random.h"
#include "core/data/digitset.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace digitpad {

namespace {

/// For each sample whether it is for validation.
using Choice = std::vector<bool>;

/// Of each label, noDigitLabel too.
using LabelCounts = std::array<std::size_t, digitClasses + 1>;

template <class Predicate>
LabelCounts countLabels(const DigitSet& set, const Predicate& isEligible)
{
    LabelCounts counts{};
    for (std::size_t i = 0; i < set.size(); ++i) {
        counts[set.labels[i]] += isEligible(i) ? 1 : 0;
    }
    return counts;
}

/// 0 to size - 1 in an order drawn by `random`.
std::vector<std::size_t> shuffled(std::size_t size, Random& random)
{
    std::vector<std::size_t> order(size);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = size; i > 1; --i) {
        std::swap(order[i - 1], order[random.below(i)]);
    }
    return order;
}

/// `wanted` shared out among the labels as `counts` are: rounded down, and what is left over goes to the
/// largest remainders, of equal ones to those that chance picks.
LabelCounts shares(const LabelCounts& counts, std::size_t wanted, Random& random)
{
    __extension__ using Wide = unsigned __int128;
    const std::size_t all = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
    LabelCounts result{};
    LabelCounts remainders{};
    for (std::size_t label = 0; label < counts.size() && all > 0; ++label) {
        result[label] = static_cast<std::size_t>(Wide{wanted} * counts[label] / all);
        remainders[label] = static_cast<std::size_t>(Wide{wanted} * counts[label] % all);
    }
    std::vector<std::size_t> order = shuffled(counts.size(), random);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    std::size_t left = wanted - std::accumulate(result.begin(), result.end(), std::size_t{0});
    for (auto label = order.begin(); left > 0; ++label, --left) {
        ++result[*label];
    }
    return result;
}

/// Of the samples for which `isEligible(index)`, `wanted` of them, at most all: of each label its share,
/// drawn by selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2 S), so that every such subset
/// is equally likely.
template <class Predicate>
void chooseSamples(Choice& choice, const DigitSet& set, std::size_t wanted, Random random,
                   const Predicate& isEligible)
{
    LabelCounts eligible = countLabels(set, isEligible);
    LabelCounts open = shares(eligible, wanted, random);
    for (std::size_t i = 0; i < choice.size(); ++i) {
        if (isEligible(i)) {
            const std::size_t label = set.labels[i];
            choice[i] = random.below(eligible[label]--) < open[label];
            open[label] -= choice[i] ? 1 : 0;
        }
    }
}

/// How many samples each group has; the first number is of those without one.
std::vector<std::size_t> groupSizes(const DigitSet& set)
{
    std::vector<std::size_t> sizes(set.groupNames.size() + 1);
    for (std::size_t i = 0; i < set.size(); ++i) {
        ++sizes[set.group(i)];
    }
    return sizes;
}

/// The groups that have samples, in an order drawn by `random`.
std::vector<std::size_t> shuffledGroups(const std::vector<std::size_t>& sizes, Random random)
{
    std::vector<std::size_t> used;
    for (std::size_t group = 1; group < sizes.size(); ++group) {
        if (sizes[group] > 0) {
            used.push_back(group);
        }
    }
    std::vector<std::size_t> groups;
    for (const std::size_t place : shuffled(used.size(), random)) {
        groups.push_back(used[place]);
    }
    return groups;
}

/// Of each group whether it is for validation: in the order drawn, those for which there is still room among
/// the `wanted` samples, and one more where that comes nearer or nothing was taken.
std::vector<bool> chosenGroups(const std::vector<std::size_t>& sizes, std::size_t wanted, std::uint64_t seed)
{
    // Another sequence than that of the single samples.
    const std::vector<std::size_t> order = shuffledGroups(sizes, Random(~seed));
    std::vector<bool> chosen(sizes.size());
    std::size_t room = wanted;
    std::size_t left = order.size();
    std::size_t smallest = 0;
    for (const std::size_t group : order) {
        if (left > 1 && sizes[group] <= room) {
            chosen[group] = true;
            room -= sizes[group];
            --left;
        } else if (smallest == 0 || sizes[group] < sizes[smallest]) {
            smallest = group;
        }
    }
    const bool nothing = left == order.size() && wanted > 0;
    if (left > 1 && (nothing || sizes[smallest] < 2 * room)) {
        chosen[smallest] = true;
    }
    return chosen;
}

DigitSplit splitBy(const DigitSet& set, const Choice& choice)
{
    DigitSplit split;
    for (std::size_t i = 0; i < choice.size(); ++i) {
        (choice[i] ? split.validationIndices : split.trainingIndices).push_back(i);
    }
    split.training = subset(set, split.trainingIndices);
    split.validation = subset(set, split.validationIndices);
    return split;
}

/// `part` of `count`, as `some` is of `all`, rounded.
std::size_t proportional(std::size_t count, std::size_t some, std::size_t all)
{
    __extension__ using Wide = unsigned __int128;
    return all == 0 ? 0 : static_cast<std::size_t>((Wide{count} * some + all / 2) / all);
}

/// `chosen` tells of each group whether it is for validation.
DigitSplit splitByGroups(const DigitSet& set, std::size_t wantedWithoutGroup, std::uint64_t seed,
                         const std::vector<bool>& chosen)
{
    Choice choice(set.size());
    chooseSamples(choice, set, wantedWithoutGroup, Random(seed),
                  [&set](std::size_t i) { return set.group(i) == 0; });
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (set.group(i) != 0) {
            choice[i] = chosen[set.group(i)];
        }
    }
    return splitBy(set, choice);
}

/// “a”, “b” and “c”.
std::string enumeration(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += i == 0 ? "" : i + 1 == names.size() ? " and " : ", ";
        text += "“" + names[i] + "”";
    }
    return text;
}

/// The groups' names that have samples, in order.
std::vector<std::string> usedNames(const DigitSet& set, const std::vector<std::size_t>& sizes)
{
    std::vector<std::string> names;
    for (std::size_t group = 1; group < sizes.size(); ++group) {
        if (sizes[group] > 0) {
            names.push_back(set.groupNames[group - 1]);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::vector<bool>> groupsNamed(const DigitSet& set, std::span<const std::string> wanted,
                                      const std::vector<std::size_t>& sizes)
{
    const std::vector<std::string> known = usedNames(set, sizes);
    std::vector<bool> chosen(sizes.size());
    for (const std::string& name : wanted) {
        if (!std::binary_search(known.begin(), known.end(), name)) {
            return Error{ErrorCode::InvalidInput,
                         known.empty()
                             ? "There is no source “" + name +
                                   "”: the data names neither sources nor writers."
                             : "The data has no source “" + name + "”; it has " + enumeration(known) + "."};
        }
        const auto found = std::find(set.groupNames.begin(), set.groupNames.end(), name);
        chosen[static_cast<std::size_t>(found - set.groupNames.begin()) + 1] = true;
    }
    const auto left = static_cast<std::size_t>(std::count(chosen.begin(), chosen.end(), true));
    if (left == known.size()) {
        return Error{ErrorCode::InvalidInput,
                     "Keeping all of the data's sources for validation leaves none to train with; keep "
                     "fewer than " +
                         enumeration(known) + "."};
    }
    return chosen;
}

/// For each sample the fold that it is in, from 0. Those for which `isEligible(index)` are dealt out label by
/// label, each label's in an order drawn by `random`, so that folds differ by one sample at most.
template <class Predicate>
void dealSamples(std::vector<std::size_t>& folds, const DigitSet& set, std::size_t count, Random random,
                 const Predicate& isEligible)
{
    std::array<std::vector<std::size_t>, digitClasses + 1> byLabel;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (isEligible(i)) {
            byLabel[set.labels[i]].push_back(i);
        }
    }
    std::size_t next = 0;
    for (const std::vector<std::size_t>& samples : byLabel) {
        for (const std::size_t place : shuffled(samples.size(), random)) {
            folds[samples[place]] = next++ % count;
        }
    }
}

/// For each group the fold that it is in: the largest first, each to the fold with the fewest samples.
std::vector<std::size_t> dealGroups(const std::vector<std::size_t>& sizes, std::size_t count,
                                    std::uint64_t seed)
{
    std::vector<std::size_t> order = shuffledGroups(sizes, Random(~seed));
    std::stable_sort(order.begin(), order.end(),
                     [&sizes](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
    std::vector<std::size_t> filled(count);
    std::vector<std::size_t> folds(sizes.size());
    for (const std::size_t group : order) {
        const auto emptiest = std::min_element(filled.begin(), filled.end());
        folds[group] = static_cast<std::size_t>(emptiest - filled.begin());
        *emptiest += sizes[group];
    }
    return folds;
}

std::vector<std::size_t> foldsOf(const DigitSet& set, std::size_t count, std::uint64_t seed)
{
    const std::vector<std::size_t> sizes = groupSizes(set);
    std::vector<std::size_t> folds(set.size());
    if (usedNames(set, sizes).size() < 2) {
        dealSamples(folds, set, count, Random(seed), [](std::size_t) { return true; });
        return folds;
    }
    dealSamples(folds, set, count, Random(seed), [&set](std::size_t i) { return set.group(i) == 0; });
    const std::vector<std::size_t> groupFolds = dealGroups(sizes, count, seed);
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (set.group(i) != 0) {
            folds[i] = groupFolds[set.group(i)];
        }
    }
    return folds;
}

/// Why some fold has nothing in it.
Error tooManyFolds(const DigitSet& set, int folds)
{
    const std::size_t groups = usedNames(set, groupSizes(set)).size();
    const std::string asked = std::to_string(folds) + " folds are impossible with ";
    return Error{ErrorCode::InvalidInput,
                 groups < 2 ? asked + std::to_string(set.size()) + " images; choose fewer, or add data."
                            : asked + "the data's " + std::to_string(groups) +
                                  " sources, each of which stays in one fold; choose at most " +
                                  std::to_string(groups) + "."};
}

} // namespace

DigitSplit splitForValidation(const DigitSet& set, std::size_t validationCount, std::uint64_t seed)
{
    const std::size_t count = std::min(validationCount, set.size());
    const std::vector<std::size_t> sizes = groupSizes(set);
    if (usedNames(set, sizes).size() < 2) {
        Choice choice(set.size());
        chooseSamples(choice, set, count, Random(seed), [](std::size_t) { return true; });
        return splitBy(set, choice);
    }
    const std::size_t single = proportional(count, sizes[0], set.size());
    return splitByGroups(set, single, seed, chosenGroups(sizes, count - single, seed));
}

Result<DigitSplit> splitForValidation(const DigitSet& set, std::size_t validationCount, std::uint64_t seed,
                                      std::span<const std::string> heldOut)
{
    const std::vector<std::size_t> sizes = groupSizes(set);
    const auto chosen = groupsNamed(set, heldOut, sizes);
    if (!chosen) {
        return chosen.error();
    }
    const std::size_t single = proportional(std::min(validationCount, set.size()), sizes[0], set.size());
    return splitByGroups(set, single, seed, *chosen);
}

Result<DigitSplit> splitFold(const DigitSet& set, int folds, int fold, std::uint64_t seed)
{
    const std::vector<std::size_t> foldOf = foldsOf(set, static_cast<std::size_t>(folds), seed);
    for (int each = 0; each < folds; ++each) {
        if (std::find(foldOf.begin(), foldOf.end(), static_cast<std::size_t>(each)) == foldOf.end()) {
            return tooManyFolds(set, folds);
        }
    }
    Choice choice(set.size());
    for (std::size_t i = 0; i < choice.size(); ++i) {
        choice[i] = foldOf[i] == static_cast<std::size_t>(fold - 1);
    }
    return splitBy(set, choice);
}

} // namespace digitpad
