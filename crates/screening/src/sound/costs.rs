//! What it costs that one sound stands for another, or for none, and what it weighs in a word.

use super::Phone;
use super::Phone as P;

/// What is written for each other, and what that costs in hundredths. Everything else costs 100.
const ALIKE: &[(Phone, Phone, u16)] = &[
    (P::A, P::E, 15),
    (P::A, P::I, 38),
    (P::A, P::O, 22),
    (P::A, P::U, 38),
    (P::E, P::I, 8),
    (P::E, P::O, 42),
    (P::E, P::U, 38),
    (P::I, P::O, 48),
    (P::I, P::U, 42),
    (P::O, P::U, 6),
    (P::Carrier, P::A, 2),
    (P::Carrier, P::E, 4),
    (P::Carrier, P::I, 4),
    (P::Carrier, P::O, 4),
    (P::Carrier, P::U, 4),
    (P::Carrier, P::H, 15),
    (P::Carrier, P::Y, 15),
    (P::Waw, P::O, 3),
    (P::Waw, P::U, 3),
    (P::Waw, P::W, 3),
    (P::Waw, P::V, 6),
    (P::Waw, P::A, 25),
    (P::Waw, P::F, 50),
    (P::Waw, P::B, 50),
    (P::Waw, P::Bet, 30),
    (P::Ya, P::I, 3),
    (P::Ya, P::E, 3),
    (P::Ya, P::Y, 3),
    (P::Ya, P::J, 12),
    (P::Ya, P::A, 20),
    (P::Marbuta, P::A, 2),
    (P::Marbuta, P::E, 4),
    (P::Marbuta, P::H, 4),
    (P::Marbuta, P::T, 15),
    (P::Y, P::I, 6),
    (P::Y, P::E, 12),
    (P::Y, P::J, 20),
    (P::Y, P::G, 60),
    (P::B, P::P, 35),
    (P::B, P::V, 40),
    (P::Bet, P::B, 3),
    (P::Bet, P::V, 3),
    (P::Bet, P::W, 8),
    (P::Bet, P::F, 30),
    (P::C, P::S, 10),
    (P::C, P::Ts, 8),
    (P::C, P::Z, 25),
    (P::C, P::K, 25),
    (P::C, P::Ch, 15),
    (P::C, P::J, 30),
    (P::C, P::Sh, 30),
    (P::Cha, P::Ch, 3),
    (P::Cha, P::J, 3),
    (P::Cha, P::C, 15),
    (P::Cha, P::Ts, 30),
    (P::Cha, P::Sh, 30),
    (P::Ch, P::Sh, 25),
    (P::Ch, P::J, 25),
    (P::Ch, P::Ts, 30),
    (P::Ch, P::Kh, 18),
    (P::Ch, P::K, 30),
    (P::Ch, P::H, 35),
    (P::Ch, P::Q, 20),
    (P::Ch, P::X, 30),
    (P::Ch, P::Zh, 30),
    (P::D, P::T, 35),
    (P::D, P::Dh, 6),
    (P::D, P::Th, 35),
    (P::Dh, P::Z, 8),
    (P::Dh, P::T, 40),
    (P::F, P::V, 18),
    (P::F, P::P, 40),
    (P::F, P::W, 35),
    (P::G, P::Gh, 8),
    (P::G, P::K, 35),
    (P::G, P::H, 35),
    (P::G, P::J, 25),
    (P::G, P::Q, 18),
    (P::G, P::Kh, 45),
    (P::G, P::Zh, 40),
    (P::G, P::W, 60),
    (P::Gh, P::K, 45),
    (P::Gh, P::Q, 15),
    (P::Gh, P::R, 50),
    (P::Gh, P::Kh, 30),
    (P::Gh, P::H, 35),
    (P::H, P::Kh, 15),
    (P::H, P::J, 40),
    (P::H, P::K, 55),
    (P::J, P::Zh, 12),
    (P::J, P::Sh, 45),
    (P::J, P::X, 45),
    (P::K, P::Kh, 15),
    (P::K, P::Q, 4),
    (P::Kh, P::Q, 25),
    (P::L, P::R, 55),
    (P::M, P::N, 60),
    (P::Nal, P::N, 3),
    (P::Nal, P::L, 3),
    (P::Nal, P::R, 3),
    (P::Sat, P::T, 3),
    (P::Sat, P::S, 3),
    (P::Sat, P::Th, 5),
    (P::Sat, P::D, 10),
    (P::Sat, P::Ch, 5),
    (P::Sat, P::J, 5),
    (P::Sat, P::Sh, 5),
    (P::Sat, P::Z, 10),
    (P::Sat, P::C, 10),
    (P::Pe, P::B, 25),
    (P::Pe, P::P, 3),
    (P::Pe, P::F, 3),
    (P::Pe, P::V, 25),
    (P::S, P::Z, 25),
    (P::S, P::Sh, 25),
    (P::S, P::Ts, 25),
    (P::S, P::Th, 18),
    (P::S, P::X, 25),
    (P::S, P::Zh, 50),
    (P::Sh, P::Shin, 3),
    (P::S, P::Shin, 6),
    (P::Sh, P::X, 8),
    (P::Sh, P::Zh, 30),
    (P::Sh, P::Ts, 45),
    (P::Z, P::Shin, 40),
    (P::T, P::Th, 6),
    (P::T, P::Ch, 45),
    (P::Z, P::J, 45),
    (P::T, P::Ts, 35),
    (P::Ts, P::Z, 15),
    (P::Ts, P::X, 40),
    (P::Ts, P::J, 45),
    (P::V, P::W, 5),
    (P::W, P::U, 20),
    (P::W, P::O, 25),
    (P::V, P::U, 35),
    (P::Z, P::Zh, 25),
    (P::Z, P::X, 40),
    (P::Z, P::Th, 30),
];

pub static COSTS: [[u16; Phone::COUNT]; Phone::COUNT] = costs();

const fn costs() -> [[u16; Phone::COUNT]; Phone::COUNT] {
    let mut table = [[100; Phone::COUNT]; Phone::COUNT];
    let mut at = 0;
    while at < Phone::COUNT {
        table[at][at] = 0;
        at += 1;
    }
    at = 0;
    while at < ALIKE.len() {
        let (one, other, cost) = ALIKE[at];
        table[one as usize][other as usize] = cost;
        table[other as usize][one as usize] = cost;
        at += 1;
    }
    table
}

/// What a sound weighs in a word, in hundredths of a consonant. Everything else weighs 100.
const LIGHT: &[(Phone, u16)] = &[
    (P::A, 50),
    (P::E, 50),
    (P::I, 50),
    (P::O, 50),
    (P::U, 50),
    (P::Carrier, 20),
    (P::Marbuta, 20),
    (P::Waw, 60),
    (P::Ya, 60),
    (P::Y, 60),
    (P::H, 70),
];

/// What it costs that one side has a sound and the other has nothing. Everything else costs 100.
const LEFT_OUT: &[(Phone, u16)] = &[
    (P::A, 32),
    (P::E, 32),
    (P::I, 32),
    (P::O, 32),
    (P::U, 32),
    (P::Carrier, 4),
    (P::Marbuta, 4),
    (P::Waw, 30),
    (P::Ya, 30),
    (P::Y, 18),
    (P::H, 40),
    (P::Gh, 60),
    (P::W, 60),
];

/// What a vowel costs that is left out where the script of one side leaves vowels out.
const BARE: &[(Phone, u16)] = &[(P::A, 5), (P::E, 5), (P::I, 5), (P::O, 5), (P::U, 5)];

pub static WEIGHTS: [u16; Phone::COUNT] = row([100; Phone::COUNT], LIGHT);

/// What a sound costs that stands on one side only: usually, and where one side leaves vowels out.
pub static GAPS: [[u16; Phone::COUNT]; 2] =
    [row([100; Phone::COUNT], LEFT_OUT), row(row([100; Phone::COUNT], LEFT_OUT), BARE)];

const fn row(mut row: [u16; Phone::COUNT], of: &[(Phone, u16)]) -> [u16; Phone::COUNT] {
    let mut at = 0;
    while at < of.len() {
        row[of[at].0 as usize] = of[at].1;
        at += 1;
    }
    row
}
