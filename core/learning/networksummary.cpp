#include "core/learning/networksummary.h"

#include "core/image/digitimage.h"
#include "core/learning/networkblueprint.h"

#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace digitpad {

namespace {

std::string squareText(const std::string& what, int side)
{
    return what + " " + std::to_string(side) + "×" + std::to_string(side);
}

std::string percentText(double part)
{
    const double percent = part * 100;
    std::string text = std::to_string(std::round(percent * 10) / 10);
    text.erase(text.find_last_not_of('0') + 1);
    return (text.back() == '.' ? text.substr(0, text.size() - 1) : text) + " %";
}

class Summary
{
public:
    explicit Summary(const NetworkBlueprint& blueprint)
        : m_blueprint(blueprint)
    {
        setShape(1, digitSide);
        add("Input image");
    }

    std::vector<LayerSummary> layers(int outputs)
    {
        for (std::size_t i = 0; i < m_blueprint.convolutions.size(); ++i) {
            addConvolution(i);
        }
        flatten();
        addDropout(m_blueprint.flatDropout());
        for (std::size_t i = 0; i < m_blueprint.hiddenWidths.size(); ++i) {
            addHidden(i);
        }
        if (m_blueprint.hiddenWidths.empty()) {
            addDropout(m_blueprint.dropout);
        }
        addLinear(outputs);
        return std::move(m_layers);
    }

private:
    void setShape(std::int64_t channels, int side)
    {
        m_channels = channels;
        m_output = std::to_string(channels) + " × " + std::to_string(side) + " × " + std::to_string(side);
    }

    void setShape(std::int64_t values)
    {
        m_channels = values;
        m_output = std::to_string(values);
    }

    void add(std::string layer, std::int64_t parameters = 0)
    {
        m_layers.push_back({std::move(layer), m_output, parameters});
    }

    void addConvolution(std::size_t index)
    {
        const ConvolutionLayer& layer = m_blueprint.convolutions[index];
        const int before = m_blueprint.sideAfter(static_cast<int>(index) - 1);
        const std::int64_t weights = m_channels * layer.channels * layer.kernel * layer.kernel;
        setShape(layer.channels, before - (layer.padded ? 0 : layer.kernel - 1));
        add(squareText("Convolution", layer.kernel),
            weights + (m_blueprint.batchNormalization ? 0 : layer.channels));
        addNormalization(m_blueprint.batchNormalization);
        add(activationTitle(m_blueprint.activation));
        if (layer.pooling != Pooling::None) {
            setShape(layer.channels, m_blueprint.sideAfter(static_cast<int>(index)));
            add(layer.pooling == Pooling::Maximum ? "Max pooling 2×2" : "Average pooling 2×2");
        }
    }

    void addNormalization(bool wanted)
    {
        if (wanted) {
            add("Batch normalisation", 2 * m_channels);
        }
    }

    void flatten()
    {
        setShape(m_blueprint.flatSize());
        add(m_blueprint.channelMeans ? "Mean of each channel" : "Flatten");
    }

    void addDropout(double probability)
    {
        if (probability > 0) {
            add("Dropout " + percentText(probability));
        }
    }

    void addLinear(std::int64_t width, bool bias = true)
    {
        const std::int64_t inputs = m_channels;
        setShape(width);
        add("Fully connected", inputs * width + (bias ? width : 0));
    }

    void addHidden(std::size_t index)
    {
        const bool normalized = m_blueprint.batchNormalization && m_blueprint.fullyConnected();
        addLinear(m_blueprint.hiddenWidths[index], !normalized);
        addNormalization(normalized);
        add(activationTitle(m_blueprint.activation));
        addDropout(m_blueprint.hiddenDropout(index));
    }

    const NetworkBlueprint& m_blueprint;
    std::int64_t m_channels = 0; ///< Or values, once flattened.
    std::string m_output;
    std::vector<LayerSummary> m_layers;
};

} // namespace

std::vector<LayerSummary> summarizeNetwork(const std::string& name, const NetworkDetails& details,
                                           int outputs)
{
    const NetworkBlueprint blueprint = blueprintOf(name, details);
    return Summary(blueprint).layers(outputs);
}

std::int64_t parameterCount(const std::string& name, const NetworkDetails& details, int outputs)
{
    const auto layers = summarizeNetwork(name, details, outputs);
    return std::accumulate(
        layers.begin(), layers.end(), std::int64_t{0},
        [](std::int64_t sum, const LayerSummary& layer) { return sum + layer.parameters; });
}

std::string activationTitle(const std::string& activation)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> titles = {
        {{"relu", "ReLU"},
         {"leaky-relu", "Leaky ReLU"},
         {"elu", "ELU"},
         {"gelu", "GELU"},
         {"silu", "SiLU"},
         {"tanh", "Tanh"},
         {"sigmoid", "Sigmoid"}}};
    for (const auto& [name, title] : titles) {
        if (name == activation) {
            return std::string(title);
        }
    }
    return activation;
}

} // namespace digitpad
