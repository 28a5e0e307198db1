#include "core/base/nearestname.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>

namespace digitpad {

namespace {

constexpr std::size_t longest = 64; // No name is longer, and the work grows with the square.

std::string plain(std::string_view text)
{
    std::string result;
    for (const char c : text.substr(0, longest)) {
        if (c != '-' && c != '_' && c != ' ') {
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    return result;
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
std::size_t distance(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> before;
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        before = std::exchange(last, row);
    }
    return last.back();
}

} // namespace

std::string nearestName(std::string_view text, const std::vector<std::string>& names)
{
    const std::string wanted = plain(text);
    std::string nearest;
    std::size_t least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    for (const std::string& name : names) {
        if (const std::size_t far = distance(wanted, plain(name)); far < least) {
            least = far;
            nearest = name;
        }
    }
    return nearest;
}

} // namespace digitpad
