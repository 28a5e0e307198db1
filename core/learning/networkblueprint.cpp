#include "core/learning/networkblueprint.h"

#include "core/image/digitimage.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace digitpad {

namespace {

/// What details cannot change.
struct Layout
{
    std::vector<ConvolutionLayer> convolutions;
    std::vector<int> hiddenWidths;
    bool channelMeans = false;
};

const std::map<std::string, Layout>& convolutionalLayouts()
{
    constexpr Pooling none = Pooling::None;
    constexpr Pooling maximum = Pooling::Maximum;
    constexpr Pooling average = Pooling::Average;
    static const std::map<std::string, Layout> table = {
        {"lenet5", {{{6, 5, average}, {16, 5, average, false}}, {120, 84}}},
        {"cnn-fast", {{{8, 5, maximum}, {24, 3, maximum}}, {64}}},
        {"cnn-tiny",
         {{{8, 3, none}, {16, 3, maximum}, {16, 3, none}, {16, 3, maximum}, {16, 3, none}}, {}, true}},
        {"cnn", {{{24, 5, maximum}, {48, 3, maximum}, {64, 3, none}}, {64}}},
        {"cnn-deep", {{{24, 5, maximum}, {48, 3, maximum}, {64, 3, none}, {96, 3, maximum}}, {96}}},
    };
    return table;
}

Layout layoutOf(const std::string& name, const std::vector<int>& hiddenWidths)
{
    const auto found = convolutionalLayouts().find(name);
    return found == convolutionalLayouts().end() ? Layout{{}, hiddenWidths} : found->second;
}

} // namespace

double NetworkBlueprint::flatDropout() const
{
    return fullyConnected() || hiddenWidths.empty() ? 0 : std::min(2 * dropout, maximumDropout);
}

double NetworkBlueprint::hiddenDropout(std::size_t index) const
{
    return fullyConnected() || index + 1 == hiddenWidths.size() ? dropout : 0;
}

int NetworkBlueprint::sideAfter(int index) const
{
    int side = digitSide;
    for (int i = 0; i <= index; ++i) {
        const ConvolutionLayer& layer = convolutions[static_cast<std::size_t>(i)];
        side -= layer.padded ? 0 : layer.kernel - 1;
        side /= layer.pooling == Pooling::None ? 1 : 2;
    }
    return side;
}

std::int64_t NetworkBlueprint::flatSize() const
{
    if (fullyConnected()) {
        return digitPixels;
    }
    const std::int64_t side = channelMeans ? 1 : sideAfter(static_cast<int>(convolutions.size()) - 1);
    return convolutions.back().channels * side * side;
}

NetworkBlueprint blueprintOf(const std::string& name, const NetworkDetails& details)
{
    if (const Result<void> possible = checkDetails(name, details); !possible) {
        throw std::invalid_argument(possible.error().message);
    }
    const NetworkDetails all = completeDetails(name, details);
    const Layout layout = layoutOf(name, all.hiddenWidths);
    return {layout.convolutions, layout.channelMeans,     layout.hiddenWidths,
            all.activation,      *all.batchNormalization, *all.dropout};
}

} // namespace digitpad
