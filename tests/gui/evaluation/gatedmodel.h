#pragma once

#include "core/learning/engine.h"
#include "tests/gui/draw/fakemodel.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace digitpad::test {

/// Reads everything as a seven, or fails; waits in its first batch while the gate is closed.
class GatedModel final : public Model
{
public:
    explicit GatedModel(bool open)
        : m_open(open)
    {
    }

    std::atomic<bool> fails = false;
    mutable std::atomic<int> batches = 0;

    void open()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_open = true;
        }
        m_opened.notify_all();
    }

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<Logits> logits(const DigitSet& set,
                                        const std::function<bool(std::size_t)>& progress) const override
    {
        ++batches;
        {
            std::unique_lock lock(m_mutex);
            m_opened.wait(lock, [this] { return m_open; });
        }
        if (fails) {
            return Error{ErrorCode::Internal, "The model could not read. Choose another one."};
        }
        Logits logits;
        logits.values.assign(set.size() * digitClasses, 0);
        for (std::size_t i = 0; i < set.size(); ++i) {
            logits.values[i * digitClasses + 7] = 1;
        }
        if (!progress(set.size())) {
            return Error{ErrorCode::Cancelled, "stopped"};
        }
        return logits;
    }
    /// For the pad, which takes no model without one.
    [[nodiscard]] Result<std::unique_ptr<Classifier>> makeClassifier() const override
    {
        return FakeModel().makeClassifier();
    }
    [[nodiscard]] Result<Evaluation> evaluate(const DigitSet&, const std::function<bool()>&) const override
    {
        return unavailable();
    }
    [[nodiscard]] Result<Explanation> explain(const DigitImage&, int, int) const override
    {
        return unavailable();
    }
    [[nodiscard]] Result<void> save(const std::string&) const override { return unavailable(); }

private:
    static Error unavailable() { return {ErrorCode::Unavailable, "not here"}; }

    ModelInfo m_info;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_opened;
    bool m_open;
};

} // namespace digitpad::test
