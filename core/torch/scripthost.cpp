// The process in which a TorchScript file runs, apart from the program: standard input is a socket on which
// it is asked; see scriptprocess.h.
#include "core/image/digitimage.h"
#include "core/torch/scriptchannel.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/jit/serialization/import.h>
#include <torch/script.h>

#include <algorithm>
#include <memory>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace digitpad;

namespace {

constexpr int channel = STDIN_FILENO;
constexpr rlim_t memoryLimit = rlim_t{3} << 30U;

/// What is wrong with the file. The first line is for the person, what follows for the log.
class BadScript : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

void limit(int resource, rlim_t value)
{
    const rlimit both{value, value};
    setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

/// Whatever LibTorch opens, it has opened by then.
void warmUp()
{
    const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
    at::set_num_threads(static_cast<int>(cores));
    const c10::InferenceMode inference;
    const torch::Tensor images = torch::rand({8, 1, digitSide, digitSide});
    torch::conv2d(images, torch::rand({4, 1, 3, 3}));
    torch::matmul(images.flatten(1), torch::rand({digitPixels, 10}));
}

/// No new file, no connection, nothing written, bounded memory. A script may do what TorchScript allows,
/// which is more than arithmetic: reading and writing files, for one.
void giveUpRights()
{
    close_range(STDERR_FILENO + 1, ~0U, 0);
    limit(RLIMIT_NOFILE, 1); // Those that are open stay so.
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
#if !defined(__SANITIZE_ADDRESS__)
    limit(RLIMIT_DATA, memoryLimit);
#endif
}

/// A script that loops would not notice that nobody waits for it any more.
void endWithTheProgram()
{
    std::thread([] {
        pollfd hangUp{channel, POLLRDHUP, 0};
        while (poll(&hangUp, 1, -1) <= 0) {
        }
        _exit(0);
    }).detach();
}

std::string shapeText(const torch::Tensor& tensor)
{
    std::string text;
    for (const std::int64_t size : tensor.sizes()) {
        text += (text.empty() ? "" : "×") + std::to_string(size);
    }
    return text.empty() ? "a single number" : text;
}

/// A network, as this program asks it.
class Script
{
public:
    explicit Script(const std::string& file)
    {
        std::istringstream stream(file);
        try {
            m_module = torch::jit::load(stream, torch::kCPU);
        } catch (const c10::Error& error) {
            throw BadScript(loadProblem(error.what_without_backtrace()));
        } catch (const std::exception& exception) {
            throw BadScript(loadProblem(exception.what()));
        }
        if (!m_module.find_method("forward")) {
            throw BadScript("it has no method “forward”");
        }
        m_module.eval();
        probe();
    }

    [[nodiscard]] std::string className() const
    {
        const auto name = m_module.type()->name();
        return name ? name->name() : "TorchScript";
    }
    [[nodiscard]] std::int64_t parameters() const
    {
        std::int64_t count = 0;
        for (const torch::Tensor& parameter : m_module.parameters()) {
            count += parameter.numel();
        }
        return count;
    }

    /// N×10 floats.
    torch::Tensor forward(const torch::Tensor& images)
    {
        if (!m_oneByOne) {
            return asLogits(run(images));
        }
        std::vector<torch::Tensor> rows;
        for (std::int64_t i = 0; i < images.size(0); ++i) {
            rows.push_back(run(images.narrow(0, i, 1)));
        }
        return asLogits(torch::cat(rows));
    }

private:
    static std::string loadProblem(const std::string& what)
    {
        const bool operatorMissing = what.find("Unknown builtin op") != std::string::npos ||
                                     what.find("unknown op") != std::string::npos ||
                                     what.find("Unknown type name") != std::string::npos ||
                                     what.find("Unknown custom class") != std::string::npos;
        return (operatorMissing ? "it needs an operator that this LibTorch does not have"
                                : "it is damaged, or written by another version of PyTorch") +
               ("\n" + what);
    }

    /// Traced networks often take as many images as they were traced with: one, for most.
    void probe()
    {
        const torch::Tensor images = torch::rand({3, 1, digitSide, digitSide});
        torch::Tensor answers;
        try {
            answers = run(images);
        } catch (const BadScript&) {
            m_oneByOne = true;
            answers = torch::cat({run(images.narrow(0, 0, 1)), run(images.narrow(0, 1, 1))});
        }
        // Probabilities instead of logits: each row sums to one, which logits do not.
        const bool positive = answers.ge(0).all().item<bool>();
        m_probabilities = positive && (answers.sum(1) - 1).abs().max().item<float>() < 1e-3F;
    }

    torch::Tensor run(const torch::Tensor& images)
    {
        const torch::NoGradGuard noGrad;
        c10::IValue answer;
        try {
            answer = m_module.forward({images});
        } catch (const std::bad_alloc&) {
            throw BadScript("it needs more memory than the 3 GiB it is given");
        } catch (const c10::Error& error) {
            throw BadScript(std::string("it fails with images of 1×28×28 pixels\n") +
                            error.what_without_backtrace());
        } catch (const std::exception& exception) {
            throw BadScript(std::string("it fails with images of 1×28×28 pixels\n") + exception.what());
        }
        if (!answer.isTensor()) {
            throw BadScript("its answer is a " + answer.tagKind() + " instead of a tensor of logits");
        }
        const torch::Tensor tensor = answer.toTensor();
        if (!tensor.defined() || tensor.dim() != 2 || tensor.size(0) != images.size(0) ||
            tensor.size(1) != digitClasses) {
            throw BadScript("its answer to a batch of " + std::to_string(images.size(0)) + " has the shape " +
                            (tensor.defined() ? shapeText(tensor) : "of nothing") + " instead of " +
                            std::to_string(images.size(0)) + "×10");
        }
        return tensor.detach().to(torch::kCPU, torch::kFloat).contiguous();
    }

    [[nodiscard]] torch::Tensor asLogits(const torch::Tensor& answers) const
    {
        return m_probabilities ? answers.clamp_min(1e-30).log() : answers;
    }

    torch::jit::Module m_module;
    bool m_oneByOne = false;
    bool m_probabilities = false;
};

std::unique_ptr<Script> script;

bool answerLoad(const std::string& file)
{
    warmUp();
    giveUpRights();
    script = std::make_unique<Script>(file);
    const ScriptTraits traits{script->parameters()};
    std::string bytes(reinterpret_cast<const char*>(&traits), sizeof traits);
    bytes += script->className();
    return sendScriptMessage(channel, ScriptMessage::Ready, bytes.data(), bytes.size());
}

bool answerForward(std::string& values)
{
    const auto images = static_cast<std::int64_t>(values.size() / (digitPixels * sizeof(float)));
    const torch::Tensor logits =
        script->forward(torch::from_blob(values.data(), {images, 1, digitSide, digitSide}).clone());
    return sendScriptMessage(channel, ScriptMessage::Logits, logits.data_ptr<float>(),
                             static_cast<std::size_t>(logits.numel()) * sizeof(float));
}

bool answer(ScriptPacket& packet)
{
    try {
        return packet.kind == ScriptMessage::Load ? answerLoad(packet.bytes) : answerForward(packet.bytes);
    } catch (const std::bad_alloc&) {
        const std::string why = "it needs more memory than the 3 GiB it is given";
        return sendScriptMessage(channel, ScriptMessage::Failed, why.data(), why.size());
    } catch (const std::exception& exception) {
        const std::string why = exception.what();
        return sendScriptMessage(channel, ScriptMessage::Failed, why.data(), why.size());
    }
}

} // namespace

int main()
{
    endWithTheProgram();
    ScriptPacket packet;
    while (receiveScriptMessage(channel, packet, -1) == ScriptReply::Received && answer(packet)) {
    }
    _exit(0); // Without destructors: the script may have left threads at work.
}
