#pragma once

#include "core/learning/handlearningcontroller.h"
#include "core/learning/handmodel.h"
#include "ui/mydigits/learnhandtext.h"
#include "ui/widgets/tones.h"

#include <QDialog>

#include <memory>
#include <optional>

class QDialogButtonBox;
class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace digitpad {

class MessageBar;

/// “Learn My Hand” from the first word to the decision: what it will do, progress with Cancel, before and
/// after, and which model to use. Closing it leaves the model in use; while it learns, that cancels. Shown
/// with open(), for the window.
class LearnHandDialog : public QDialog
{
    Q_OBJECT

public:
    /// `engine` may be null: then nothing can be learned yet, and it says so.
    LearnHandDialog(const Engine* engine, const HandModel::Start& start, std::vector<LabelledInk> drawings,
                    QWidget* parent = nullptr);
    ~LearnHandDialog() override;

    /// Before the person presses Learn. `others` is null for those of loadOtherHands().
    void setOptions(const HandLearningOptions& options, std::shared_ptr<const OtherHands> others);

    void reject() override;

Q_SIGNALS:
    /// The person wants this model; the dialog closes.
    void modelChosen(const std::shared_ptr<const digitpad::Model>& model);

protected:
    /// Grows the window where its texts need more lines.
    bool event(QEvent* event) override;

private:
    QWidget* makeIntroduction();
    QWidget* makeCounts();
    QWidget* makeProgress();
    QWidget* makeResult();
    QPushButton* addButton(const char* name, const QString& text, void (LearnHandDialog::*slot)());
    void layOut();
    void addRow(const HandComparison& comparison, bool mine);
    void showIntroduction();
    void showResult();

    void learn();
    void onProgressed(const HandLearningProgress& progress);
    void onCompleted(const HandLearningResult& result);
    void onStopped();
    void onFailed(const QString& message);
    void useNew();
    void keepOld();
    void chooseFile();
    void save(const QString& path);
    void say(Tone tone, const QString& text);

    const Engine* m_engine;
    HandModel::Start m_start;
    std::vector<LabelledInk> m_drawings;
    DigitCounts m_counts{};
    HandLearningOptions m_options;
    std::shared_ptr<const OtherHands> m_others;
    std::optional<HandLearningResult> m_result;
    bool m_closing = false; ///< Closed while learning: goes when that has stopped.

    HandLearningController* m_controller;
    MessageBar* m_message;
    QStackedWidget* m_pages;
    QLabel* m_stage = nullptr;
    QLabel* m_timeLeft = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_verdict = nullptr;
    QLabel* m_figures = nullptr;
    QGridLayout* m_table = nullptr;
    QDialogButtonBox* m_buttons;
    QPushButton* m_learn;
    QPushButton* m_cancel;
    QPushButton* m_use;
    QPushButton* m_keep;
    QPushButton* m_save;
};

} // namespace digitpad
