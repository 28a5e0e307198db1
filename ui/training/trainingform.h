#pragma once

#include "core/data/datasource.h"
#include "core/data/mnist.h"
#include "core/learning/engine.h"
#include "core/learning/runoptions.h"
#include "ui/training/formsections.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace digitpad {

class DataChooser;
class Disclosure;
class FormField;
class PresetBar;

/// Data and options of a run, in sections that open and close; each option has a tooltip that says what it
/// does and what is usual. What was chosen last is remembered in QSettings. GUI thread only.
class TrainingForm : public QWidget
{
    Q_OBJECT

public:
    /// Tests pass mirrors of their own for MNIST. The form takes over the sections that are made already.
    explicit TrainingForm(const QList<QUrl>& mirrors = MnistDownloader::publicMirrors(),
                          QWidget* parent = nullptr, FormSections sections = {});
    /// Writes down what was chosen.
    ~TrainingForm() override;

    /// As the fields stand, checked or not; a number that is none reads as 0.
    [[nodiscard]] RunOptions runOptions() const;
    /// Data without parts leave those that are chosen.
    void setRunOptions(const RunOptions& options);
    [[nodiscard]] TrainingOptions options() const { return runOptions().training; }
    void setOptions(const TrainingOptions& options);
    [[nodiscard]] DataSource dataSource() const { return runOptions().data; }
    /// Of the preset whose options the form has; empty where they were changed.
    [[nodiscard]] QString presetName() const;
    [[nodiscard]] DataChooser* dataChooser() const { return m_data; }

    /// True where a run could start. Otherwise each impossible value has its sentence beneath it, and the
    /// first of them is opened and has the focus.
    bool check();
    /// Nothing can be changed while a run is in progress; the tooltips say `reason`. Empty unlocks.
    void setLocked(const QString& reason);
    /// Null until it is there: tells whether there is a GPU, and that rates can be tested.
    void setEngine(const Engine* engine);

    /// Wide enough for its texts; it can be narrower.
    [[nodiscard]] QSize sizeHint() const override;

public Q_SLOTS:
    void showRangeTest(const digitpad::RateRangeTest& test);
    /// The test is over: with a sentence where it failed, with nothing where it was stopped or has been
    /// shown.
    void rangeTestEnded(const QString& problem);

Q_SIGNALS:
    /// The options are possible. showRangeTest() or rangeTestEnded() is to follow.
    void rangeTestRequested(const digitpad::RunOptions& options);
    void changed();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void layOut();
    void connectParts();
    void onChanged();
    void choosePreset(const QString& name);
    void requestRangeTest();
    /// Says what is wrong at the fields; true where nothing is. What is being typed is left in peace unless
    /// `all`.
    bool showProblems(const RunOptions& options, bool all);
    [[nodiscard]] QList<QPair<QString, QString>> problems(const RunOptions& options) const;
    [[nodiscard]] FormField* field(const QString& option) const;
    void focusFirstProblem();
    [[nodiscard]] QList<Disclosure*> disclosures() const;
    void save();
    void restore();
    void restoreOldSettings();

    PresetBar* m_preset;
    Disclosure* m_dataSection;
    DataChooser* m_data;
    const FormSections m_sections; ///< All of them.
    std::optional<bool> m_cuda;    ///< Empty until there is an engine to say.
    QTimer m_saving;               ///< So that not every key goes to the disk.
    bool m_loading = true;
};

} // namespace digitpad
