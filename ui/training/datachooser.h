#pragma once

#include "core/data/datasource.h"
#include "core/data/mnist.h"

#include <QWidget>

#include <array>
#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSettings;
class QSpinBox;

namespace digitpad {

class FormField;
class MnistPage;

/// What to learn from: MNIST, synthetic digits, or files of the person's own; and whether to teach what is no
/// digit too. A source from elsewhere (an options file, a run) that this cannot put together stays whole as a
/// fourth choice.
class DataChooser : public QWidget
{
    Q_OBJECT

public:
    enum class Kind {
        Mnist,
        Synthetic,
        Own,
        Given, ///< What setSource() was given and the other kinds cannot say.
    };

    /// Tests pass mirrors of their own for MNIST.
    explicit DataChooser(const QList<QUrl>& mirrors = MnistDownloader::publicMirrors(),
                         QWidget* parent = nullptr);

    [[nodiscard]] Kind kind() const;
    void setKind(Kind kind);
    /// Without augmentation, which is the preparation's.
    [[nodiscard]] DataSource source() const;
    /// One without parts leaves what was chosen.
    void setSource(const DataSource& source);
    /// Training images, those of no digit included, where they are known before loading.
    [[nodiscard]] std::optional<std::size_t> imageCount() const;
    /// A few words.
    [[nodiscard]] QString summary() const;
    /// Where problems with the data as a whole are said.
    [[nodiscard]] FormField* field() const { return m_kindField; }
    /// True where a run could start; otherwise a sentence appears at the part that is missing, and it gets
    /// the focus.
    bool check();
    /// Empty unlocks.
    void setLocked(const QString& reason);

    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

Q_SIGNALS:
    void changed();

private:
    QWidget* makeSyntheticPage();
    QWidget* makeOwnPage();
    void makeChoices();
    void layOut();
    QWidget* makeGivenPage();
    void onKindChanged();
    [[nodiscard]] bool takeAs(Kind kind, const QString& part, const DataSource& source);
    void setGiven(const DataSource& source);
    void openDialog(bool folder);
    [[nodiscard]] QString ownProblem() const;

    QComboBox* m_kind;
    FormField* m_kindField;
    std::array<QWidget*, 4> m_pages{}; ///< In the order of Kind; one is shown.
    MnistPage* m_mnist;
    QSpinBox* m_count;
    FormField* m_countField;
    QLineEdit* m_path;
    FormField* m_pathField;
    QWidget* m_ownButtons;
    FormField* m_noDigitsField;
    QCheckBox* m_noDigits;
    QLabel* m_givenText = nullptr;
    DataSource m_given;
};

} // namespace digitpad
